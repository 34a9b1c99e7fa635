import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

export const idsAfter = statement<{ readonly id: Id }>(
  'catalog.ids-after',
  `select id from catalog.products where tenant_id = $1 and id > $2::uuid order by id limit $3`,
)

/** The first product and every so many after it: steps over the primary key, and reads no product. */
export const idsApart = statement<{ readonly id: Id }>(
  'catalog.ids-apart',
  `with recursive starts as (
     (select id, 1 as place from catalog.products where tenant_id = $1 order by id limit 1)
     union all
     select next.id, place + 1 from starts cross join lateral (
       select id from catalog.products where tenant_id = $1 and id > starts.id
       order by id offset $2::int - 1 limit 1) as next
     where place < $3)
   select id from starts order by id limit $3`,
)
