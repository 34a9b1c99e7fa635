import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Write } from '#platform/write/commit'

import type { Interest } from '../domain/liking.ts'
import { interestTable } from './tables.ts'

/** What says something of a user: the last so many. */
const NEWEST = 50

interface InterestRow {
  readonly user_id: Id
  readonly product_id: Id
  readonly is_bought: boolean
}

const newest = statement<InterestRow>(
  'search.interests-of',
  `select user_id, product_id, is_bought from search.interests
   where tenant_id = $1 and user_id = $2::uuid order by seen_at desc limit ${NEWEST}`,
)

export async function interestsOf(
  reads: Reads,
  tenant: TenantId,
  userId: Id,
): Promise<readonly Interest[]> {
  const rows = await reads.read(tenant, newest, [tenant, userId])
  return rows.map((row) => ({ productId: row.product_id, weight: row.is_bought ? 1 : 0.4 }))
}

const ofUser = statement<InterestRow>(
  'search.interests-to-forget',
  `select user_id, product_id, is_bought from search.interests
   where tenant_id = $1 and user_id = $2::uuid order by seen_at desc limit $3`,
)

export function interestRowsOf(reads: Reads, tenant: TenantId, userId: Id, limit: number) {
  return reads.read(tenant, ofUser, [tenant, userId, limit])
}

const before = statement<InterestRow>(
  'search.interests-before',
  `select user_id, product_id, is_bought from search.interests
   where tenant_id = $1 and seen_at < $2::timestamptz order by seen_at limit $3`,
)

export function interestRowsBefore(reads: Reads, tenant: TenantId, at: string, limit: number) {
  return reads.read(tenant, before, [tenant, at, limit])
}

export function noteInterest(userId: Id, productId: Id, isBought: boolean, seenAt: string): Write {
  return {
    table: interestTable,
    verb: 'upsert',
    row: { user_id: userId, product_id: productId, is_bought: isBought, seen_at: seenAt },
  }
}

export function forgetInterest({ user_id, product_id, is_bought }: InterestRow): Write {
  return { table: interestTable, verb: 'delete', row: { user_id, product_id, is_bought } }
}
