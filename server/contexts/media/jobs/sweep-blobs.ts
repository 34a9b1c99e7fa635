import type { Blobs, ListedBlobs } from '#platform/blob/blobs'
import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { knownIds } from '../store/assets.ts'
import { PICTURES, pictureOf, PIECES } from '../store/files.ts'

/** Older than the longest upload, and than a clock of another machine may differ. */
const AGE_MS = 86_400_000
const AT_A_TIME = 500

/** Removes files that no picture has: of an upload that broke off, or of a picture that was removed (MEDIA-4). */
export function sweepBlobs(
  { reads, clock, log }: Pick<Platform, 'reads' | 'clock' | 'log'>,
  blobs: Blobs,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  async function* oldPages(tenant: TenantId, prefix: string, before: number) {
    let place: { readonly after?: string } | undefined = {}
    while (place !== undefined) {
      const page: ListedBlobs = await blobs.list(tenant, prefix, { ...place, limit: AT_A_TIME })
      yield page.items.filter(({ modifiedAt }) => modifiedAt < before)
      place = page.next === undefined ? undefined : { after: page.next }
    }
  }

  async function sweepPictures(tenant: TenantId, before: number): Promise<number> {
    let swept = 0
    for await (const old of oldPages(tenant, PICTURES, before)) {
      const ids = [...new Set(old.flatMap(({ name }) => pictureOf(name) ?? []))]
      const known = ids.length === 0 ? new Set() : await knownIds(reads, tenant, ids)
      for (const { name } of old) {
        const id = pictureOf(name)
        if (id === undefined || known.has(id)) continue
        await blobs.delete(tenant, name)
        swept += 1
      }
    }
    return swept
  }

  async function sweepPieces(tenant: TenantId, before: number): Promise<number> {
    let swept = 0
    for await (const old of oldPages(tenant, PIECES, before)) {
      for (const { name } of old) await blobs.delete(tenant, name)
      swept += old.length
    }
    return swept
  }

  return {
    name: 'media.sweep-blobs',
    everySeconds: 6 * 3_600,
    firstAfterSeconds: 60,
    async run() {
      const before = clock.now() - AGE_MS
      for (const tenant of await shops()) {
        const pictures = await sweepPictures(tenant, before)
        const pieces = await sweepPieces(tenant, before)
        const unfinished = await blobs.forgetUnfinished(tenant, before)
        if (pictures + pieces + unfinished > 0) {
          log.info({ tenant, pictures, pieces, unfinished }, 'files that nobody knows were removed')
        }
      }
    },
  }
}
