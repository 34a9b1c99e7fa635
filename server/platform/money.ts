import assert from 'node:assert/strict'

/**
 * An amount in minor units of one currency: 129900 UAH is ₴1,299.00. Always a safe integer
 * (2^53 kopiykas are ninety trillion hryvnias), so it travels through JSON unharmed.
 */
export interface Money {
  readonly amount: number
  /** ISO 4217, upper case. */
  readonly currency: string
}

export function money(amount: number, currency: string): Money {
  assert(Number.isSafeInteger(amount), `${amount} is not a whole number of minor units`)
  return { amount, currency }
}

/** The sum of amounts in one currency; mixing currencies is a bug, not a refusal. */
export function sum(currency: string, amounts: readonly Money[]): Money {
  let total = 0
  for (const each of amounts) {
    assert.equal(each.currency, currency, 'amounts of two currencies cannot be added')
    total += each.amount
  }
  return money(total, currency)
}

/** `unitPrice × quantity`; throws when the product leaves the safe integers. */
export function times(unitPrice: Money, quantity: number): Money {
  return money(unitPrice.amount * quantity, unitPrice.currency)
}
