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

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
/** By currency: to ask `Intl` for each amount costs more than to read it. */
const known = new Map<string, number>()

/** How many digits the minor unit of a currency has (ISO 4217). */
export function digitsOf(currency: string): number {
  const found = known.get(currency)
  if (found !== undefined) return found
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  if (CURRENCIES.has(currency)) known.set(currency, digits)
  return digits
}

/** `1299.50`: the digits of the currency behind a point, whatever the language. */
export function decimalOf({ amount, currency }: Money): string {
  const digits = digitsOf(currency)
  if (digits === 0) return String(amount)
  const text = String(amount).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
