import { createHash } from 'node:crypto'

import type { Blobs } from '#platform/blob/blobs'
import { gathered } from '#platform/blob/names'
import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Write } from '#platform/write/commit'

import type { MediaCommands, MediaRefusal } from '../contract.ts'
import { assets } from '../domain/asset.ts'
import { inspect } from '../domain/inspect.ts'
import { UPLOAD_BYTES } from '../domain/limits.ts'
import { type AssetFacts, assetView, baseOf } from '../domain/view.ts'
import type { Ingested, Studio } from '../provider.ts'
import { assetsByFiles, assetTable } from '../store/assets.ts'
import { masterFile } from '../store/files.ts'
import { turns } from './turns.ts'

/** Each holds up to 20 MB of memory; of those that wait nothing is read. */
const UPLOADS_AT_ONCE = 4
const UPLOADS_WAITING = 60

export interface AddParts extends Pick<Platform, 'write' | 'reads' | 'ids'> {
  readonly blobs: Blobs
  readonly studio: Studio
  readonly mediaUrl: string | undefined
}

/**
 * What comes is judged by its bytes alone, decoded elsewhere, and thrown away: kept is what the
 * decoder saw (MEDIA-1). The file is there before the record, so a crash between them leaves a file
 * that nobody knows, which the sweeper removes (MEDIA-4).
 */
export function addAsset(parts: AddParts): MediaCommands['add'] {
  const { reads, studio } = parts
  const inTurn = turns(UPLOADS_AT_ONCE, UPLOADS_WAITING)

  return (tenant, source, cause) =>
    inTurn(async () => {
      const given = await gathered(source, UPLOAD_BYTES)
      const sha256 = createHash('sha256').update(given).digest('hex')
      const base = baseOf(parts.mediaUrl, tenant.slug)
      const [known] = await assetsByFiles(reads, tenant.id, [sha256])
      if (known !== undefined) return accept({ asset: assetView(known, base), isNew: false })

      const inspected = inspect(given)
      if (!inspected.ok) return inspected
      const { format, bytes } = inspected.value
      const made = await studio.ingest(bytes, format)
      if (made.kind !== 'ingested') return refuse(refusalOf(made))
      const file = { sha256, bytes: given.byteLength }
      const kept = await keep(parts, tenant, { file, made: made.value, cause })
      if (!kept.ok) return kept
      return accept({ asset: assetView(kept.value.facts, base), isNew: kept.value.isNew })
    })
}

function refusalOf(
  made:
    | { readonly kind: 'unreadable'; readonly reason: string }
    | { readonly kind: 'too-slow'; readonly seconds: number },
): MediaRefusal {
  return made.kind === 'too-slow'
    ? { code: 'media.too-slow', seconds: made.seconds }
    : { code: 'media.unreadable', reason: made.reason }
}

interface Made {
  readonly file: { readonly sha256: string; readonly bytes: number }
  readonly made: Ingested
  readonly cause: Cause
}

/** Stores the picture and then its record; a twin that was quicker wins. */
async function keep(
  { write, blobs, reads, ids }: AddParts,
  tenant: Tenant,
  { file, made, cause }: Made,
): Promise<Outcome<{ readonly facts: AssetFacts; readonly isNew: boolean }>> {
  const id = ids.next()
  const { width, height, color } = made
  await blobs.put(tenant.id, masterFile(id), made.master, made.master.byteLength)
  const outcome = await write({
    tenant: tenant.id,
    ...cause,
    streams: { asset: stream(assets, file.sha256) },
    decide({ asset }, at) {
      if (asset.assetId !== null) return accept({ answer: { id: asset.assetId } })
      const preview = made.preview.toString('base64')
      const facts = { ...file, width, height }
      const row = { id, kind: 'picture', ...facts, color, preview }
      return accept({
        append: {
          asset: [{ type: 'media.asset-added', assetId: id, kind: 'picture', ...facts }],
        },
        rows: [insertOf(row, at)],
        answer: { id },
      })
    },
  })
  const isNew = outcome.ok && outcome.value.answer.id === id
  if (!isNew) await blobs.delete(tenant.id, masterFile(id))
  if (!outcome.ok) return outcome
  const [facts] = await assetsByFiles(reads, tenant.id, [file.sha256])
  const gone: MediaRefusal = { code: 'media.unknown' }
  return facts === undefined ? refuse(gone) : accept({ facts, isNew })
}

/** The row of a picture that nobody has described yet. */
export function insertOf(row: Readonly<Record<string, unknown>>, at: number): Write {
  return {
    table: assetTable,
    verb: 'insert',
    row: { alt: {}, ...row, created_at: new Date(at).toISOString() },
  }
}
