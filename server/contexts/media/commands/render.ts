import { hash } from 'node:crypto'

import { LRUCache } from 'lru-cache'

import type { Blobs } from '#platform/blob/blobs'
import { bytesOf } from '#platform/blob/names'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'

import type { MediaRefusal, Rendition, Renditions } from '../contract.ts'
import { namedIn, type RenditionFile, renditionOf } from '../domain/renditions.ts'
import type { Studio } from '../provider.ts'
import { type AssetRow, drawingOf, type KnownAssets } from '../store/assets.ts'
import { masterFile, renditionFile } from '../store/files.ts'

/** Ready bytes in memory; about two thousand pictures of a page. */
const HOT_BYTES = 64_000_000
/** No rendition of 1920 pixels comes near it. */
const LARGEST_BYTES = 16_000_000

interface Parts extends Pick<Platform, 'reads' | 'log'> {
  readonly blobs: Blobs
  readonly studio: Studio
  readonly known: KnownAssets
}

/**
 * Serves renditions: from memory, from the store, or made now and kept for good. Who asks for one that
 * is being made waits for it, so this process makes it once (MEDIA-5).
 */
export function renditions(parts: Parts): Renditions['rendition'] {
  const { known } = parts
  const hot = new LRUCache<string, Rendition>({
    maxSize: HOT_BYTES,
    sizeCalculation: ({ bytes }) => bytes.byteLength + 200,
  })
  const underWay = new Map<string, Promise<Rendition | undefined>>()

  function once(tenant: TenantId, row: AssetRow, file: string, wish: RenditionFile) {
    const name = `${tenant}/${row.id}/${file}`
    const ready = hot.get(name)
    if (ready !== undefined) return ready
    const making =
      underWay.get(name) ??
      findOrMake(parts, tenant, { row, file, wish })
        .then((bytes) => {
          if (bytes === undefined) return undefined
          const type = `image/${wish.format}`
          const made = { bytes, type, etag: `"${hash('sha1', bytes, 'base64url')}"` }
          hot.set(name, made)
          return made
        })
        .finally(() => underWay.delete(name))
    underWay.set(name, making)
    return making
  }

  return async (tenant, asset, file) => {
    const unknown: MediaRefusal = { code: 'media.unknown' }
    const wish = renditionOf(file)
    const { id, hash: digits } = namedIn(asset)
    const row = (await known.of(tenant, [id])).get(id)
    // The hash stands for the bytes: an address never leads to other ones.
    if (wish === undefined || row?.sha256.slice(0, digits.length) !== digits) return refuse(unknown)
    const rendition = await once(tenant, row, file, wish)
    return rendition === undefined ? refuse(unknown) : accept(rendition)
  }
}

interface Wanted {
  readonly row: AssetRow
  readonly file: string
  readonly wish: RenditionFile
}

async function findOrMake(
  { blobs, studio, reads, log }: Parts,
  tenant: TenantId,
  { row, file, wish }: Wanted,
): Promise<Buffer | undefined> {
  const name = renditionFile(row.id, file)
  const found = await blobs.get(tenant, name)
  if (found !== undefined) return bytesOf(found)

  if (row.kind === 'drawing') {
    const svg = await drawingOf(reads, tenant, row.id)
    if (svg === null) return undefined
    const made = await studio.render(Buffer.from(svg), {
      ...wish,
      drawn: { width: row.width, height: row.height },
    })
    await blobs.put(tenant, name, made, LARGEST_BYTES)
    return made
  }
  const master = await blobs.get(tenant, masterFile(row.id))
  if (master === undefined) {
    log.error({ asset: row.id }, 'the file of a picture is missing')
    return undefined
  }
  const made = await studio.render(await bytesOf(master), wish)
  await blobs.put(tenant, name, made, LARGEST_BYTES)
  return made
}
