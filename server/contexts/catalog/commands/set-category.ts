import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import type { CatalogDesk } from '../contract/desk.ts'
import { writeCategory } from './write-category.ts'

/** Says what a category is: adds it, names it, moves it with everything below it. */
export function setCategory(
  platform: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogDesk['setCategory'] {
  return async (tenant, draft, cause, versions) => {
    const how = { isNew: false, ...(versions === undefined ? {} : { versions }) }
    const written = await writeCategory(platform, tenant, draft, cause, how)
    if (!written.ok) return written
    changed(tenant.id)
    return accept(written.value.answer)
  }
}
