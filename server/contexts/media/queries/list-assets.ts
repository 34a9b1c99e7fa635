import type { Platform } from '#platform/context'
import { pageOf, placeOf } from '#platform/keyset'
import { accept, refuse } from '#platform/outcome'

import type { MediaQueries, MediaRefusal } from '../contract.ts'
import { assetView, baseOf } from '../domain/view.ts'
import { assetsByFiles, type KnownAssets, newestAssets } from '../store/assets.ts'

export function listAssets(
  { reads }: Pick<Platform, 'reads'>,
  mediaUrl: string | undefined,
): MediaQueries['list'] {
  return async (tenant, { limit, after, sha256 }) => {
    const rows =
      sha256 === undefined
        ? await newestAssets(reads, tenant.id, placeOf(after), limit + 1)
        : await assetsByFiles(reads, tenant.id, [sha256])
    const base = baseOf(mediaUrl, tenant.slug)
    const { items, next } = pageOf(rows, limit, ({ id, created_at: at }) => ({ at, id }))
    return { items: items.map((row) => assetView(row, base)), next }
  }
}

export function viewAsset(known: KnownAssets, mediaUrl: string | undefined): MediaQueries['view'] {
  return async (tenant, id) => {
    const row = await known.now(tenant.id, id)
    const unknown: MediaRefusal = { code: 'media.unknown' }
    if (row === undefined) return refuse(unknown)
    return accept(assetView(row, baseOf(mediaUrl, tenant.slug)))
  }
}
