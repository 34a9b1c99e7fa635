import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import type { CatalogDesk } from '../contract/desk.ts'
import { writeBrand } from './write-brand.ts'

/** Says what a brand is: adds it or names it anew. */
export function setBrand(
  platform: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogDesk['setBrand'] {
  return async (tenant, draft, cause, versions) => {
    const how = { isNew: false, ...(versions === undefined ? {} : { versions }) }
    const written = await writeBrand(platform, tenant, draft, cause, how)
    if (!written.ok) return written
    changed(tenant.id)
    return accept(written.value.answer)
  }
}
