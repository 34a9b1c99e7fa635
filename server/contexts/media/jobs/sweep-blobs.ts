import type { Blobs } from '#platform/blob/blobs'
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
  async function sweepPictures(tenant: TenantId, before: number): Promise<number> {
    let swept = 0
    for (let after: string | undefined = ''; after !== undefined;) {
      const page = await blobs.list(tenant, PICTURES, { after, limit: AT_A_TIME })
      const old = page.filter(({ modifiedAt }) => modifiedAt < before)
      const ids = [...new Set(old.flatMap(({ name }) => pictureOf(name) ?? []))]
      const known = ids.length === 0 ? new Set() : await knownIds(reads, tenant, ids)
      for (const { name } of old) {
        const id = pictureOf(name)
        if (id === undefined || known.has(id)) continue
        await blobs.delete(tenant, name)
        swept += 1
      }
      after = page.length < AT_A_TIME ? undefined : page.at(-1)?.name
    }
    return swept
  }

  async function sweepPieces(tenant: TenantId, before: number): Promise<number> {
    const page = await blobs.list(tenant, PIECES, { limit: AT_A_TIME })
    const old = page.filter(({ modifiedAt }) => modifiedAt < before)
    for (const { name } of old) await blobs.delete(tenant, name)
    return old.length
  }

  return {
    name: 'media.sweep-blobs',
    everySeconds: 6 * 3_600,
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
