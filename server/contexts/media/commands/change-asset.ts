import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { MediaCommands, MediaRefusal } from '../contract.ts'
import { assets } from '../domain/asset.ts'
import { assetView, baseOf } from '../domain/view.ts'
import { type AssetRow, assetTable, type KnownAssets } from '../store/assets.ts'

interface Parts extends Pick<Platform, 'write'> {
  readonly known: KnownAssets
  readonly mediaUrl: string | undefined
}

const UNKNOWN: MediaRefusal = { code: 'media.unknown' }

/** Says what is to be seen; all languages at once. */
export function describeAsset({ write, known, mediaUrl }: Parts): MediaCommands['describe'] {
  return async (tenant, id, alt, cause) => {
    const language = Object.keys(alt).find((each) => !tenant.languages.includes(each))
    const odd: MediaRefusal | undefined =
      language === undefined ? undefined : { code: 'media.language-unknown', language }
    if (odd !== undefined) return refuse(odd)
    const found = await known.now(tenant.id, id)
    if (found === undefined) return refuse(UNKNOWN)
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { asset: stream(assets, found.sha256) },
      decide({ asset }) {
        if (asset.assetId !== id) return refuse(UNKNOWN)
        return accept({
          append: { asset: [{ type: 'media.asset-described', assetId: id, alt }] },
          rows: [{ table: assetTable, verb: 'update', row: { id, alt } }],
          answer: null,
        })
      },
    })
    known.forget(tenant.id, id)
    if (!outcome.ok) return outcome
    const described: AssetRow = { ...found, alt }
    return accept(assetView(described, baseOf(mediaUrl, tenant.slug)))
  }
}

/** The record goes at once, and with it every address of the picture; its files go with the sweeper. */
export function removeAsset({ write, known }: Parts): MediaCommands['remove'] {
  return async (tenant, id, cause) => {
    const found = await known.now(tenant.id, id)
    if (found === undefined) return refuse(UNKNOWN)
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { asset: stream(assets, found.sha256) },
      decide({ asset }) {
        if (asset.assetId !== id) return refuse(UNKNOWN)
        return accept({
          append: { asset: [{ type: 'media.asset-removed', assetId: id }] },
          rows: [{ table: assetTable, verb: 'delete', row: { id } }],
          answer: null,
        })
      },
    })
    known.forget(tenant.id, id)
    return outcome.ok ? accept(null) : outcome
  }
}
