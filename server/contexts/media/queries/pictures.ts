import type { TenantId } from '#platform/ids'

import type { Media } from '../contract.ts'
import { baseOf, pictureView } from '../domain/view.ts'
import type { KnownAssets } from '../store/assets.ts'

export function picturesOf(
  known: KnownAssets,
  mediaUrl: string | undefined,
  slugOf: (tenant: TenantId) => Promise<string>,
): Media['pictures'] {
  return async (tenant, ids) => {
    if (ids.length === 0) return new Map()
    const rows = await known.of(tenant, ids)
    const slug = mediaUrl?.includes('{shop}') ? await slugOf(tenant) : ''
    const base = baseOf(mediaUrl, slug)
    return new Map([...rows].map(([id, row]) => [id, pictureView(row, base)]))
  }
}
