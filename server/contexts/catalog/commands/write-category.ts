import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Write, type Written } from '#platform/write/commit'

import type { CategorySet } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import type { CategoryDesk } from '../contract/desk.ts'
import type { CategoryDraft } from '../contract/drafts.ts'
import {
  categoryTree,
  grown,
  setCategory,
  TREE_ID,
  type CategoryFacts,
} from '../domain/category-tree.ts'
import { textsOf } from '../domain/texts.ts'
import { allCategories } from '../store/places.ts'
import { categoryTable } from '../store/tables.ts'

/**
 * Commits what is said of a category. `isNew` refuses one that is there already. What every category
 * of the shop is, is decided under one lock, so no two moves can make a ring.
 */
export async function writeCategory(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  tenant: Tenant,
  draft: CategoryDraft,
  cause: Cause,
  how: { readonly isNew: boolean; readonly versions?: readonly number[] },
): Promise<Outcome<Written<CategoryDesk>>> {
  const { slug, parent = null, position = 0 } = draft
  const name = textsOf('name', draft.name, tenant)
  if (!name.ok) return name
  const rows = await reads.read(tenant.id, allCategories, [tenant.id])
  const wanted = { slug, parent, name: name.value, position }
  const taken: CatalogRefusal = { code: 'catalog.category-taken', slug }

  return write({
    tenant: tenant.id,
    ...cause,
    streams: { tree: stream(categoryTree, TREE_ID) },
    decide: ({ tree: told }) => {
      const tree = grown(told, rows)
      const before = Object.hasOwn(tree, slug) ? tree[slug] : undefined
      if (how.isNew && before) return refuse(taken)
      const event = setCategory(tree, wanted, how.versions)
      if (!event.ok) return event
      const version = (before?.version ?? 0) + (event.value === undefined ? 0 : 1)
      const answer: CategoryDesk = { ...wanted, version }
      if (event.value === undefined) return accept({ answer })
      return accept({
        append: { tree: [event.value] },
        rows: [categoryRow(event.value, version)],
        answer,
      })
    },
  })
}

export function categoryRow(
  { slug, parent, name, position }: CategorySet,
  version: CategoryFacts['version'],
): Write {
  const row = { slug, parent, name, position, version }
  return { table: categoryTable, verb: 'upsert', row }
}
