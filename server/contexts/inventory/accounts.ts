import type { Account } from '#platform/ledger/transfer'

/** Units in a warehouse. */
export function onHand(warehouse: string, sku: string): Account {
  return { name: `${ON_HAND}${warehouse}`, unit: sku }
}

export const ON_HAND = 'on-hand/'

/** Units between two warehouses. */
export function inTransit(transferId: string, sku: string): Account {
  return { name: `${IN_TRANSIT}${transferId}`, unit: sku }
}

export const IN_TRANSIT = 'transit/'

/**
 * What may still be sold before it is there. What is sold goes from here like units of a warehouse,
 * and the units that come are paid in, so limit less balance is what is owed.
 */
export const backorder = (sku: string): Account => ({ name: BACKORDER, unit: sku })

export const BACKORDER = 'backorder'

/** Where units come from and go to; the ledger's two sides tell what happened. */
export const suppliers = (sku: string): Account => ({ name: 'world/suppliers', unit: sku })
export const sold = (sku: string): Account => ({ name: 'world/sold', unit: sku })
export const counted = (sku: string): Account => ({ name: 'world/counted', unit: sku })
export const corrected = (sku: string): Account => ({ name: 'world/corrected', unit: sku })
export const lost = (sku: string): Account => ({ name: 'world/lost', unit: sku })
/** The units that limits of back-orders promise. */
export const promised = (sku: string): Account => ({ name: 'world/promised', unit: sku })

export function warehouseOf(account: string): string {
  return account.slice(ON_HAND.length)
}

export function isOnHand(account: string): boolean {
  return account.startsWith(ON_HAND)
}
