import type { Account } from '#platform/ledger/transfer'

/** What a shop has of one payment; no more can be given back. */
export function paid(paymentId: string, currency: string): Account {
  return { name: `paid/${paymentId}`, unit: currency }
}

/** Where money comes from and goes back to. */
export function buyers(currency: string): Account {
  return { name: 'world/buyers', unit: currency }
}
