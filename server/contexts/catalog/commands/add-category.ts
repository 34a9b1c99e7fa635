import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import { inLanguage } from '../domain/view.ts'
import { writeCategory } from './write-category.ts'

/** Adds a category that is not there yet. */
export function addCategory(
  platform: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['addCategory'] {
  return async (tenant, draft, cause, language) => {
    const written = await writeCategory(platform, tenant, draft, cause, { isNew: true })
    if (!written.ok) return written
    changed(tenant.id)
    const { slug, parent, name } = written.value.answer
    const [first = ''] = tenant.languages
    const view = { slug, name: inLanguage(name, language, first), parent }
    return accept({ view, replayed: written.value.replayed })
  }
}
