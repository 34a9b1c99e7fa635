import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import { inLanguage } from '../domain/view.ts'
import { writeBrand } from './write-brand.ts'

/** Adds a brand that is not there yet. */
export function addBrand(
  platform: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['addBrand'] {
  return async (tenant, draft, cause, language) => {
    const written = await writeBrand(platform, tenant, draft, cause, { isNew: true })
    if (!written.ok) return written
    changed(tenant.id)
    const { slug, name, story } = written.value.answer
    const [first = ''] = tenant.languages
    const view = { slug, name, story: inLanguage(story, language, first) }
    return accept({ view, replayed: written.value.replayed })
  }
}
