import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'

import type { CategoryRemoved } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import {
  categoryTree,
  closeCategory,
  endRemoval,
  grown,
  TREE_ID,
  type CategoryTree,
} from '../domain/category-tree.ts'
import { allCategories, isInUse } from '../store/places.ts'
import { categoryTable, formerCategoryTable } from '../store/tables.ts'
import { categoryRow } from './write-category.ts'

/**
 * Removes an empty category in two steps. Products look at the tree under its lock, so once it is
 * closed none comes in, and whatever came before can be seen: only then is it known to be empty. A
 * process that dies in between leaves it closed, until it is removed again or set.
 */
export function removeCategory(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogDesk['removeCategory'] {
  return async (tenant, slug, cause, how = {}) => {
    const notEmpty: CatalogRefusal = { code: 'catalog.category-not-empty', category: slug }
    if (await isInUse(reads, tenant.id, slug)) return refuse(notEmpty)

    const known = await reads.read(tenant.id, allCategories, [tenant.id])
    const streams = { tree: stream(categoryTree, TREE_ID) }
    const closed = await write({
      tenant: tenant.id,
      ...cause,
      key: `${cause.key}/close`,
      streams,
      decide: ({ tree: told }) => {
        const event = closeCategory(grown(told, known), slug, how)
        if (!event.ok) return event
        const [untold] = Object.hasOwn(told, slug) ? [] : known.filter((row) => row.slug === slug)
        return accept({
          append: { tree: event.value === undefined ? [] : [...tellOf(untold), event.value] },
          answer: null,
        })
      },
    })
    if (!closed.ok) return closed

    const isEmpty = !(await isInUse(reads, tenant.id, slug))
    const ended = await write({
      tenant: tenant.id,
      ...cause,
      streams,
      decide: ({ tree }) => {
        const { leadsTo } = how
        const led = leadsTo === undefined ? {} : { leadsTo }
        const event = endRemoval(tree, slug, { isEmpty, ...led })
        if (event === undefined) return accept({ answer: { isRemoved: isGone(tree, slug) } })
        const isRemoved = event.type === 'catalog.category-removed'
        const rows = isRemoved
          ? rowsOfRemoved(event)
          : [categoryRow(event, (tree[slug]?.version ?? 0) + 1)]
        return accept({ append: { tree: [event] }, rows, answer: { isRemoved } })
      },
    })
    if (!ended.ok) return ended
    changed(tenant.id)
    return ended.value.answer.isRemoved ? accept(undefined) : refuse(notEmpty)
  }
}

/** The category goes; where its address leads stays. */
function rowsOfRemoved({ slug, leadsTo }: CategoryRemoved): readonly Write[] {
  return [
    { table: categoryTable, verb: 'delete', row: { slug } },
    { table: formerCategoryTable, verb: 'upsert', row: { slug, leads_to: leadsTo ?? null } },
  ]
}

/** What no event tells of is told before it is closed. */
function tellOf(row: Parameters<typeof grown>[1][number] | undefined) {
  if (row === undefined) return []
  const { slug, parent, name, position, version } = row
  const told = { type: 'catalog.category-set', slug, parent, name, position } as const
  return [{ ...told, after: version - 1 }]
}

function isGone(tree: CategoryTree, slug: string): boolean {
  return Object.hasOwn(tree, slug) && tree[slug] === null
}
