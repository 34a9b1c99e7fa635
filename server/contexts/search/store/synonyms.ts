import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'

import type { Synonym } from '../contract.ts'

/** Groups of synonyms a shop may have; they are read whole. */
export const MOST_SYNONYMS = 1000

const all = statement<{
  id: Id
  words: readonly string[]
  also: readonly string[]
  is_one_way: boolean
}>(
  'search.all-synonyms',
  `select id, words, also, is_one_way from search.synonyms where tenant_id = $1
   order by id limit ${MOST_SYNONYMS}`,
)

export async function allSynonyms(reads: Reads, tenant: TenantId): Promise<readonly Synonym[]> {
  const rows = await reads.read(tenant, all, [tenant])
  return rows.map(({ id, words, also, is_one_way: isOneWay }) => ({ id, words, also, isOneWay }))
}
