import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, type Refusal } from '#platform/outcome'

import type { CatalogChanges, CatalogRefusal } from '../contract.ts'
import { textsOf } from '../domain/texts.ts'
import { inLanguage } from '../domain/view.ts'
import { brandTable } from '../store/tables.ts'

/** Adds a brand; its name is the same in every language. */
export function addBrand(
  { write }: Pick<Platform, 'write'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['addBrand'] {
  return async (tenant, draft, cause, language) => {
    const [first = ''] = tenant.languages
    const name = textsOf('name', draft.name, tenant)
    if (!name.ok) return name
    const story = textsOf('story', draft.story ?? '', tenant, { mayBeEmpty: true })
    if (!story.ok) return story

    const { slug } = draft
    const row = { slug, name: name.value[first] ?? '', story: story.value }
    const taken: CatalogRefusal = { code: 'catalog.brand-taken', slug }
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: {},
      decide: () =>
        accept({
          rows: [{ table: brandTable, verb: 'insert', row, orRefuse: taken as Refusal }],
          answer: null,
        }),
    })
    if (!written.ok) return written
    changed(tenant.id)

    const view = { slug, name: row.name, story: inLanguage(story.value, language, first) }
    return accept({ view, replayed: written.value.replayed })
  }
}
