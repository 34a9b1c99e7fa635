import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Table, Write } from '#platform/write/commit'

import type { Address, Contact } from '../contract.ts'

/** Personal data of orders, apart from everything that lives for ever. */
export const contacts: Table = { name: 'orders.contacts', key: ['order_id'] }

export function rememberContact(orderId: Id, { email, shippingAddress }: Contact): Write {
  return {
    table: contacts,
    verb: 'insert',
    row: { order_id: orderId, email, shipping_address: shippingAddress ?? null },
  }
}

const byOrder = statement<{ email: string; shipping_address: Address | null }>(
  'orders.contact',
  'select email, shipping_address from orders.contacts where tenant_id = $1 and order_id = $2',
)

/** Undefined once it was erased. */
export async function contactOf(
  reads: Reads,
  tenant: TenantId,
  orderId: Id,
): Promise<Contact | undefined> {
  const [row] = await reads.read(tenant, byOrder, [tenant, orderId])
  if (row === undefined) return undefined
  const { email, shipping_address: address } = row
  return address === null ? { email } : { email, shippingAddress: address }
}
