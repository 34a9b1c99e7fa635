import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, type Refusal } from '#platform/outcome'

import type { CatalogChanges, CatalogRefusal } from '../contract.ts'
import { textsOf } from '../domain/texts.ts'
import { inLanguage } from '../domain/view.ts'
import { knownPlaces } from '../store/places.ts'
import { categoryTable } from '../store/tables.ts'

/** Adds a category. It has no history worth keeping, so it is a row and no stream. */
export function addCategory(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['addCategory'] {
  return async (tenant, draft, cause, language) => {
    const { slug, parent = null, position = 0 } = draft
    const name = textsOf('name', draft.name, tenant)
    if (!name.ok) return name
    const known = await knownPlaces(reads, tenant.id, { category: parent })
    if (!known.ok) return known

    const row = { slug, parent, name: name.value, position }
    const taken: CatalogRefusal = { code: 'catalog.category-taken', slug }
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: {},
      decide: () =>
        accept({
          rows: [{ table: categoryTable, verb: 'insert', row, orRefuse: taken as Refusal }],
          answer: null,
        }),
    })
    if (!written.ok) return written
    changed(tenant.id)

    const [first = ''] = tenant.languages
    const view = { slug, name: inLanguage(name.value, language, first), parent }
    return accept({ view, replayed: written.value.replayed })
  }
}
