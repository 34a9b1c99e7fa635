import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import type { Rule } from '../contract.ts'
import { isSameRule, mayRemove, maySet, MOST_RULES, ruleBooks, type Rules } from './rules.ts'
import { tiered } from './specials.ts'

const tenant = {
  id: 1 as TenantId,
  slug: 'demo',
  name: 'Demo',
  currency: 'UAH',
  languages: ['uk', 'en'],
  holdMinutes: 30,
  timeZone: 'Europe/Kyiv',
  delivery: {},
}

const club: Rule = { kind: 'group', code: 'club', name: 'Club' }
const eu: Rule = {
  kind: 'market',
  code: 'eu',
  name: 'EU',
  countries: ['DE', 'FR'],
  currency: 'EUR',
  languages: ['en'],
  doPricesIncludeTax: null,
}
const list: Rule = {
  kind: 'special-list',
  code: 'club',
  name: 'Club',
  currency: 'UAH',
  group: 'club',
  market: null,
  from: null,
  until: null,
  isSale: false,
}
const zone: Rule = {
  kind: 'zone',
  code: 'de',
  name: 'Germany',
  places: [{ country: 'DE', postalPrefixes: [] }],
}
const rate: Rule = {
  kind: 'rate',
  code: 'de-standard',
  name: 'VAT 19 %',
  zone: 'de',
  category: 'standard',
  partsPerMillion: 190_000,
  from: null,
  until: null,
}

function book(...rules: Rule[]): Rules {
  return rules.reduce(
    (state, rule, place) =>
      ruleBooks.apply(state, { type: 'pricing.rule-set', rule }, { at: 0, version: place + 1 }),
    ruleBooks.initial,
  )
}

function without(state: Rules, kind: Rule['kind'], code: string): Rules {
  const event = { type: 'pricing.rule-removed', kind, code } as const
  return ruleBooks.apply(state, event, { at: 0, version: state.version + 1 })
}

function check(state: Rules, rule: Rule, versions?: readonly number[]): string {
  const outcome = maySet(state, rule, tenant, ['UAH', 'EUR'], versions)
  if (outcome.ok) return 'fine'
  const { code } = outcome.refusal
  return code === 'pricing.rule-wrong' ? outcome.refusal.field : code
}

test('a rule names only what is there', () => {
  assert.equal(check(book(), list), 'pricing.rule-unknown')
  assert.equal(check(book(club), list), 'fine')
  assert.equal(check(book(club), { ...list, market: 'eu' } as Rule), 'pricing.rule-unknown')
  assert.equal(check(book(club), { ...list, currency: 'USD' } as Rule), 'pricing.list-unknown')
  assert.equal(check(book(), rate), 'pricing.rule-unknown')
  assert.equal(check(book(zone), rate), 'fine')
  assert.equal(check(book(), { ...eu, currency: 'USD' } as Rule), 'pricing.list-unknown')
  assert.equal(check(book(), { ...eu, languages: ['de'] } as Rule), 'languages')
})

test('a country is in one market, a place in one zone', () => {
  assert.equal(check(book(eu), eu), 'fine')
  assert.equal(check(book(eu), { ...eu, code: 'other' } as Rule), 'countries')
  assert.equal(check(book(), { ...eu, countries: ['DE', 'DE'] } as Rule), 'countries')
  assert.equal(check(book(zone), { ...zone, code: 'other' } as Rule), 'places')
  const island = { ...zone, code: 'x', places: [{ country: 'DE', postalPrefixes: ['27498'] }] }
  assert.equal(check(book(zone), island as Rule), 'fine')
  const twice = { ...island, places: [...island.places, ...island.places] }
  assert.equal(check(book(), twice as Rule), 'places')
})

test('a time that ends before it begins is none', () => {
  const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
  assert.equal(check(book(club), { ...list, from: early, until: late } as Rule), 'fine')
  assert.equal(check(book(club), { ...list, from: late, until: early } as Rule), 'until')
  assert.equal(check(book(zone), { ...rate, from: late, until: late } as Rule), 'until')
})

test('what another rule names cannot go, and the list of a sale never comes back under its code', () => {
  const state = book(club, list, zone, rate)
  const removing = (kind: Rule['kind'], code: string): string => {
    const outcome = mayRemove(state, { kind, code })
    return outcome.ok ? 'fine' : outcome.refusal.code
  }
  assert.equal(removing('group', 'club'), 'pricing.rule-used')
  assert.equal(removing('zone', 'de'), 'pricing.rule-used')
  assert.equal(removing('rate', 'de-standard'), 'fine')
  assert.equal(removing('special-list', 'club'), 'fine')
  assert.equal(removing('group', 'constructor'), 'pricing.rule-unknown')
  assert.equal(check(without(state, 'special-list', 'club'), list), 'code')
  assert.equal(check(without(state, 'rate', 'de-standard'), rate), 'fine')
  assert.equal(check(state, { ...list, currency: 'EUR' } as Rule), 'currency')
})

test('a rule that has changed since it was looked at is not written over', () => {
  const state = book(club, { ...club, name: 'The club' })
  assert.equal(check(state, club, [1]), 'pricing.version-stale')
  assert.equal(check(state, club, [2]), 'fine')
  assert.equal(check(state, club, [0]), 'pricing.version-stale')
  assert.equal(check(book(), club, [0]), 'fine')
  const removing = mayRemove(state, club, [1])
  assert(!removing.ok && removing.refusal.code === 'pricing.version-stale')
})

test('a shop has so many rules and no more', () => {
  const many = book(
    ...Array.from({ length: MOST_RULES }, (_, n): Rule => ({ ...club, code: `g-${n}` }) as Rule),
  )
  assert.equal(check(many, club), 'pricing.rules-full')
  assert.equal(check(many, { ...club, code: 'g-0', name: 'x' } as Rule), 'fine')
})

test('the rule about tax is one', () => {
  const tax: Rule = {
    kind: 'tax',
    code: 'shop',
    doPricesIncludeTax: true,
    rounding: 'half-up',
    homeCountry: 'UA',
    rates: 'own',
  }
  assert.equal(check(book(), tax), 'fine')
  assert.equal(check(book(), { ...tax, code: 'other' }), 'code')
})

test('a rule is the same whatever order its fields are in', () => {
  assert(isSameRule(club, { name: 'Club', code: 'club', kind: 'group' }))
  assert(!isSameRule(club, { ...club, name: 'Other' } as Rule))
  assert(!isSameRule(undefined, club))
})

test('tiers begin one after another and cost ever less', () => {
  const of = (...given: [number, number][]) =>
    tiered(given.map(([fromQuantity, amount]) => ({ fromQuantity, amount }))).ok
  assert(of([1, 100]))
  assert(of([5, 100], [10, 90]))
  assert(!of([10, 100], [5, 90]))
  assert(!of([5, 100], [5, 90]))
  assert(!of([5, 100], [10, 100]))
  assert(!of([5, 90], [10, 100]))
})
