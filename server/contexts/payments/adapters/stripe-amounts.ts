import type { Money } from '#platform/money'

/**
 * Currencies without minor units (ISO 4217) that Stripe counts in hundredths all the same: 500 krónur
 * are 50000 there. Source: Stripe's "Supported currencies", special cases.
 */
const IN_HUNDREDTHS = new Set(['ISK', 'UGX'])

export interface StripeAmount {
  readonly amount: number
  /** ISO 4217, lower case. */
  readonly currency: string
}

/** Our minor units as Stripe counts them. */
export function toStripe({ amount, currency }: Money): StripeAmount {
  const factor = IN_HUNDREDTHS.has(currency) ? 100 : 1
  return { amount: amount * factor, currency: currency.toLowerCase() }
}

/** What Stripe says, in our minor units. */
export function fromStripe({ amount, currency: lowerCase }: StripeAmount): Money {
  const currency = lowerCase.toUpperCase()
  return { amount: IN_HUNDREDTHS.has(currency) ? amount / 100 : amount, currency }
}
