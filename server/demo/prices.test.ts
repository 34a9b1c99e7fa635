import assert from 'node:assert/strict'
import { test } from 'node:test'

import { loadDemo } from './catalog.ts'
import { demoGroup, demoListPrices, demoLists, demoRules, demoSpecials } from './prices.ts'
import { DEMO_USERS } from './users.ts'

for (const shop of loadDemo()) {
  const rules = demoRules(shop)
  const specials = demoSpecials(shop)

  test(`${shop.name}: special prices are on lists of the shop and less than the ordinary one`, () => {
    const prices = new Map(
      shop.products.flatMap(({ variants }) => variants.map(({ sku, price }) => [sku, price])),
    )
    for (const { list, sku, tiers } of specials) {
      assert(rules.some((rule) => rule.kind === 'special-list' && rule.code === list))
      let least = prices.get(sku)?.amount ?? 0
      for (const { amount } of tiers) {
        assert(
          amount > 0 && amount < least,
          `${sku} costs ${amount} on ${list}, not below ${least}`,
        )
        least = amount
      }
    }
    const lists = rules.filter(({ kind }) => kind === 'special-list')
    for (const { code } of lists)
      assert(
        specials.some(({ list }) => list === code),
        `${code} is empty`,
      )
  })
}

test('the first shop has a tax, a group, a list for many units and a sale; somebody is in the group', () => {
  const [first] = loadDemo()
  assert(first !== undefined)
  const kinds = new Set(demoRules(first).map(({ kind }) => kind))
  assert.deepEqual([...kinds].toSorted(), ['group', 'rate', 'special-list', 'tax', 'zone'])
  assert(demoRules(first).some((rule) => rule.kind === 'special-list' && rule.isSale))
  assert(demoSpecials(first).some(({ tiers }) => tiers.length > 1))
  assert(DEMO_USERS.some(({ email }) => demoGroup(first, email) === 'club'))
})

test('everything of the first shop has a price in euros, in whole half euros', () => {
  const [first] = loadDemo()
  assert(first)
  const [list] = demoLists(first)
  assert(list)
  const prices = demoListPrices(first, list)
  const skus = first.products.flatMap(({ variants }) => variants.map(({ sku }) => sku))
  assert.deepEqual(
    prices.map(({ sku }) => sku),
    skus,
  )
  assert(prices.every(({ amount }) => amount > 0 && amount % 50 === 0))
})
