import { LRUCache } from 'lru-cache'

import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import { rowsByKeys, statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

import type { AssetFacts } from '../domain/view.ts'

export const assetTable: Table = { name: 'media.assets', key: ['id'], unique: [['sha256']] }

/** A row without the text of a drawing. */
export type AssetRow = AssetFacts

const COLUMNS = 'id, kind, sha256, bytes, width, height, color, preview, alt, created_at'

const byIds = statement<AssetRow>('media.assets-by-ids', rowsByKeys('media.assets', 'id', COLUMNS))

const byFiles = statement<AssetRow>(
  'media.assets-by-files',
  `select ${COLUMNS} from media.assets where tenant_id = $1 and sha256 = any($2::text[])`,
)

const newest = statement<AssetRow>(
  'media.newest-assets',
  `select ${COLUMNS} from media.assets
    where tenant_id = $1 and (created_at, id) < ($2::timestamptz, $3::uuid)
    order by created_at desc, id desc limit $4`,
)

const drawing = statement<{ readonly drawing: string | null }>(
  'media.drawing',
  'select drawing from media.assets where tenant_id = $1 and id = $2::uuid',
)

const known = statement<{ readonly id: Id }>(
  'media.known-ids',
  rowsByKeys('media.assets', 'id', 'id'),
)

export function assetsByFiles(
  reads: Reads,
  tenant: TenantId,
  sha256: readonly string[],
): Promise<AssetRow[]> {
  return reads.read(tenant, byFiles, [tenant, sha256])
}

export function newestAssets(
  reads: Reads,
  tenant: TenantId,
  { at, id }: Place,
  limit: number,
): Promise<AssetRow[]> {
  return reads.read(tenant, newest, [tenant, new Date(at).toISOString(), id, limit])
}

export async function drawingOf(reads: Reads, tenant: TenantId, id: Id): Promise<string | null> {
  const [row] = await reads.read(tenant, drawing, [tenant, id])
  return row?.drawing ?? null
}

/** Which of these ids are those of pictures. */
export async function knownIds(
  reads: Reads,
  tenant: TenantId,
  ids: readonly Id[],
): Promise<ReadonlySet<Id>> {
  const rows = await reads.read(tenant, known, [tenant, ids])
  return new Set(rows.map(({ id }) => id))
}

/** Pictures by id, remembered: only their words change, and whether they are there. */
export interface KnownAssets {
  /** At most 10 s old; those the shop does not have are absent. */
  of(tenant: TenantId, ids: readonly Id[]): Promise<ReadonlyMap<Id, AssetRow>>
  /** As of now. */
  now(tenant: TenantId, id: Id): Promise<AssetRow | undefined>
  forget(tenant: TenantId, id: Id): void
}

const FRESH_MS = 10_000
const ASSETS_KEPT = 50_000
/** Ids of one statement. */
const AT_ONCE = 1_000

export function openKnownAssets({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownAssets {
  const kept = new LRUCache<string, { readonly asOf: Instant; readonly row: AssetRow }>({
    maxSize: ASSETS_KEPT,
    sizeCalculation: () => 1,
  })
  const keyOf = (tenant: TenantId, id: Id): string => `${tenant} ${id}`

  async function read(tenant: TenantId, ids: readonly Id[]): Promise<readonly AssetRow[]> {
    const asOf = clock.now()
    const rows: AssetRow[] = []
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      rows.push(...(await reads.read(tenant, byIds, [tenant, ids.slice(from, from + AT_ONCE)])))
    }
    for (const row of rows) kept.set(keyOf(tenant, row.id), { asOf, row })
    return rows
  }

  return {
    async of(tenant, ids) {
      const now = clock.now()
      const found = new Map<Id, AssetRow>()
      const missing: Id[] = []
      for (const id of new Set(ids)) {
        const { asOf, row } = kept.get(keyOf(tenant, id)) ?? {}
        // A clock that was set back makes ages negative.
        const isFresh = asOf !== undefined && asOf <= now && now - asOf < FRESH_MS
        if (isFresh && row !== undefined) found.set(id, row)
        else missing.push(id)
      }
      if (missing.length > 0) {
        for (const row of await read(tenant, missing)) found.set(row.id, row)
      }
      return found
    },
    now: async (tenant, id) => (await read(tenant, [id]))[0],
    forget: (tenant, id) => void kept.delete(keyOf(tenant, id)),
  }
}
