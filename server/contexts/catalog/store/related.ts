import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'

import type { Related, Texts } from '../contract.ts'
import type { ShownColumns } from './products.ts'

export interface RelatedRow extends ShownColumns {
  readonly kind: Related['kind']
  readonly direction: 'to' | 'from'
  readonly id: Id
  readonly slug: string
  readonly name: Texts
  readonly price: Money | null
  readonly picture: string | null
}

const one = (direction: 'to' | 'from', own: string, other: string): string =>
  `(select r.kind, '${direction}' as direction, p.id, p.slug, p.name,
     p.variants -> 0 -> 'price' as price, p.pictures -> 0 ->> 'asset' as picture, p.is_hidden,
     date_part('epoch', p.visible_from) * 1000 as from_ms,
     date_part('epoch', p.visible_until) * 1000 as until_ms
   from catalog.related r
   join catalog.products p on p.tenant_id = any (array[r.tenant_id]) and p.id = r.${other}
   where r.tenant_id = $1 and r.${own} = $2::uuid and p.status = 'active'
   order by r.position, p.id limit 50)`

/** Both ways: what a product names, in its order, then what names it. */
export const relatedOf = statement<RelatedRow>(
  'catalog.related-of',
  `${one('to', 'product_id', 'other_id')} union all ${one('from', 'other_id', 'product_id')}`,
)
