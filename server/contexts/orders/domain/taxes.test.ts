import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'

import type { OrderCreated, OrderLine } from '../contract.ts'
import { present } from './order.ts'
import { anOrder, created } from './order.testing.ts'

const uah = (amount: number) => money(amount, 'UAH')
const plain = created as OrderCreated
const [ball] = plain.lines

const line = (rest: Partial<OrderLine>): OrderLine => ({ ...ball!, ...rest })

/** What the view of such an order says of its taxes. */
function check(areIncluded: boolean, lines: readonly OrderLine[], total: number) {
  const taxes = { areIncluded, zone: 'z', source: 'own' as const }
  const view = present('id', anOrder({ ...plain, lines, taxes, total: uah(total) }))
  const { rates } = view.taxes
  const all = rates.reduce((sum, { net, tax }) => sum + net.amount + tax.amount, 0)
  assert.equal(all, total, 'nets and taxes add up to the total')
  return rates.map(({ name, net, tax }) => [name, net.amount, tax.amount])
}

const twenty = { taxName: 'VAT 20 %', taxRate: 200_000 }
const seven = { taxName: 'VAT 7 %', taxRate: 70_000 }

test('taxes inside prices are summed by rate, with those of delivery', () => {
  const lines = [
    line({ ...seven, total: uah(1_070), tax: uah(70), delivery: uah(107), deliveryTax: uah(7) }),
    line({ ...twenty, total: uah(1_200), tax: uah(200), delivery: uah(60), deliveryTax: uah(10) }),
    line({ ...twenty, total: uah(120), tax: uah(20), delivery: uah(6), deliveryTax: uah(1) }),
  ]
  assert.deepEqual(check(true, lines, 2_563), [
    ['VAT 20 %', 1_155, 231],
    ['VAT 7 %', 1_100, 77],
  ])
})

test('taxes on top of prices are summed likewise, and what is not taxed is told too', () => {
  const lines = [
    line({ ...twenty, total: uah(1_200), tax: uah(200), delivery: uah(50), deliveryTax: uah(10) }),
    line({ taxName: '', taxRate: 0, total: uah(500), delivery: uah(20), deliveryTax: uah(0) }),
  ]
  assert.deepEqual(check(false, lines, 1_780), [
    ['VAT 20 %', 1_050, 210],
    ['', 520, 0],
  ])
})

test('an order from before there were rates has none', () => {
  const { taxes } = present('id', anOrder(created))
  assert.deepEqual(taxes, { areIncluded: true, zone: null, source: 'none', rates: [] })
})
