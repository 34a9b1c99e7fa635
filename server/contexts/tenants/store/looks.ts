import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

import type { Look } from '../contract.ts'

export const lookTable: Table = { name: 'tenants.looks', key: [] }

const ofShop = statement<{ look: Look }>(
  'tenants.look',
  `select look from tenants.looks where tenant_id = $1`,
)

/** How a shop looks, if it has said. */
export async function lookOf(reads: Reads, tenant: TenantId): Promise<Look | undefined> {
  const [row] = await reads.read(tenant, ofShop, [tenant])
  return row?.look
}
