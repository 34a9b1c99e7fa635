import type { Account } from '#platform/ledger/transfer'

/** What is owed for an order; a row, so it is never paid twice and never forgiven after it was paid. */
export function owed(orderId: string, currency: string): Account {
  return { name: `${OWED}${orderId}`, unit: currency }
}

/** What a shop has of one payment; no more can be given back. */
export function paid(paymentId: string, currency: string): Account {
  return { name: `${PAID}${paymentId}`, unit: currency }
}

const OWED = 'owed/'
export const PAID = 'paid/'

/** Where refunds go, and where money comes from that nobody owes. */
export function buyers(currency: string): Account {
  return { name: 'world/buyers', unit: currency }
}

/** What orders brought in; its sum is what was owed and not forgiven, with the sign turned. */
export function revenue(currency: string): Account {
  return { name: 'world/revenue', unit: currency }
}
