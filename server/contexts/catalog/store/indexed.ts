import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

export const idsAfter = statement<{ readonly id: Id }>(
  'catalog.ids-after',
  `select id from catalog.products where tenant_id = $1 and id > $2::uuid order by id limit $3`,
)
