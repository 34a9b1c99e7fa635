import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'

import type { MediaCommands, MediaEvent, MediaRefusal } from '../contract.ts'
import { assets } from '../domain/asset.ts'
import { assetView, baseOf } from '../domain/view.ts'
import { type AssetRow, assetTable, type KnownAssets } from '../store/assets.ts'

interface Parts extends Pick<Platform, 'write'> {
  readonly known: KnownAssets
  readonly mediaUrl: string | undefined
}

const UNKNOWN: MediaRefusal = { code: 'media.unknown' }

/** Records what became of an asset, unless it is gone by then. */
function recordOf({ write, known }: Parts) {
  return async (
    tenant: TenantId,
    { id, sha256 }: AssetRow,
    cause: Cause,
    { event, row }: { readonly event: MediaEvent; readonly row: Write },
  ) => {
    const outcome = await write({
      tenant,
      ...cause,
      streams: { asset: stream(assets, sha256) },
      decide({ asset }) {
        if (asset.assetId !== id) return refuse(UNKNOWN)
        return accept({ append: { asset: [event] }, rows: [row], answer: null })
      },
    })
    known.forget(tenant, id)
    return outcome
  }
}

/** Says what is to be seen; all languages at once. */
export function describeAsset(parts: Parts): MediaCommands['describe'] {
  const { known, mediaUrl } = parts
  const record = recordOf(parts)
  return async (tenant, id, alt, cause) => {
    const language = Object.keys(alt).find((each) => !tenant.languages.includes(each))
    const odd: MediaRefusal | undefined =
      language === undefined ? undefined : { code: 'media.language-unknown', language }
    if (odd !== undefined) return refuse(odd)
    const found = await known.now(tenant.id, id)
    if (found === undefined) return refuse(UNKNOWN)
    const outcome = await record(tenant.id, found, cause, {
      event: { type: 'media.asset-described', assetId: id, alt },
      row: { table: assetTable, verb: 'update', row: { id, alt } },
    })
    if (!outcome.ok) return outcome
    const described: AssetRow = { ...found, alt }
    return accept(assetView(described, baseOf(mediaUrl, tenant.slug)))
  }
}

/** The record goes at once, and with it every address of the picture; its files go with the sweeper. */
export function removeAsset(parts: Parts): MediaCommands['remove'] {
  const { known } = parts
  const record = recordOf(parts)
  return async (tenant, id, cause) => {
    const found = await known.now(tenant.id, id)
    if (found === undefined) return refuse(UNKNOWN)
    const outcome = await record(tenant.id, found, cause, {
      event: { type: 'media.asset-removed', assetId: id },
      row: { table: assetTable, verb: 'delete', row: { id } },
    })
    return outcome.ok ? accept(null) : outcome
  }
}
