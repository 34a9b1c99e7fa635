import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'

import type { Media, MediaRefusal, Renditions } from '../contract.ts'
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

/** What is in lists of products is an id; this is how a page comes from there to the bytes. */
export function addressOf(pictures: Media['pictures']): Renditions['address'] {
  return async (tenant, id, file) => {
    const unknown: MediaRefusal = { code: 'media.unknown' }
    const found = (await pictures(tenant, [id])).get(id)
    if (found === undefined) return refuse(unknown)
    return accept(found.url.replace('{width}.{format}', file))
  }
}
