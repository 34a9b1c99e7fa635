import type { Account } from '#platform/ledger/transfer'

/** Units in a warehouse: the only accounts of inventory with a limit. */
export function onHand(warehouse: string, sku: string): Account {
  return { name: `${ON_HAND}${warehouse}`, unit: sku }
}

export const ON_HAND = 'on-hand/'

/** Where units come from and go to; the ledger's two sides tell what happened. */
export const suppliers = (sku: string): Account => ({ name: 'world/suppliers', unit: sku })
export const sold = (sku: string): Account => ({ name: 'world/sold', unit: sku })
export const counted = (sku: string): Account => ({ name: 'world/counted', unit: sku })
export const corrected = (sku: string): Account => ({ name: 'world/corrected', unit: sku })

export function warehouseOf(account: string): string {
  return account.slice(ON_HAND.length)
}
