import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'

import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import { stream, type StreamOf } from '#platform/write/commit'

import type { Drawing, Media, MediaEvent } from '../contract.ts'
import { assets, type AssetState } from '../domain/asset.ts'
import { drawnSize } from '../domain/drawing.ts'
import { insertOf } from './add-asset.ts'

/** Of one commit. */
const AT_ONCE = 50
/** Behind a drawing that is not there yet. */
const PAPER = '#f4f4f5'

/** Stores drawings as texts, a few dozen to a commit: two thousand take about a second. */
export function importDrawings({
  write,
  ids,
}: Pick<Platform, 'write' | 'ids'>): Media['importDrawings'] {
  async function importSome(
    tenant: TenantId,
    some: readonly Drawing[],
  ): Promise<readonly (readonly [string, Id])[]> {
    const files = new Map(some.map((drawing) => [fileOf(drawing), drawing]))
    const made = [...files].map(([sha256, drawing]) => ({
      sha256,
      drawing,
      size: drawnSize(drawing.name, drawing.svg),
      id: ids.next(),
    }))
    const streams: Record<string, StreamOf<AssetState, MediaEvent>> = Object.fromEntries(
      made.map(({ sha256 }) => [sha256, stream(assets, sha256)]),
    )
    const outcome = await write({
      tenant,
      caller: 'media/drawings',
      key: ids.next(),
      isFreshKey: true,
      fingerprint: '',
      streams,
      decide(states, at) {
        const added = made.filter(({ sha256 }) => states[sha256]?.assetId === null)
        return accept({
          append: Object.fromEntries(added.map((each) => [each.sha256, eventsOf(each)])),
          rows: added.map((each) => insertOf(rowOf(each), at)),
          answer: Object.fromEntries(
            made.map(({ sha256, id }) => [sha256, states[sha256]?.assetId ?? id]),
          ),
        })
      },
    })
    assert(outcome.ok, 'drawings of our own are not refused')
    const { answer } = outcome.value
    return some.map((drawing) => [drawing.name, answer[fileOf(drawing)] ?? ''] as const)
  }

  return async (tenant, drawings) => {
    const found: (readonly [string, Id])[] = []
    for (let from = 0; from < drawings.length; from += AT_ONCE) {
      found.push(...(await importSome(tenant, drawings.slice(from, from + AT_ONCE))))
    }
    return new Map(found)
  }
}

interface Made {
  readonly id: Id
  readonly sha256: string
  readonly drawing: Drawing
  readonly size: { readonly width: number; readonly height: number }
}

function fileOf({ svg }: Drawing): string {
  return createHash('sha256').update(svg).digest('hex')
}

function factsOf({ sha256, drawing, size }: Made) {
  const { width, height } = size
  const bytes = Buffer.byteLength(drawing.svg)
  return { sha256, bytes, width: Math.round(width), height: Math.round(height) }
}

function eventsOf(made: Made): readonly MediaEvent[] {
  const { id: assetId, drawing } = made
  const added: MediaEvent = {
    type: 'media.asset-added',
    assetId,
    kind: 'drawing',
    ...factsOf(made),
  }
  return Object.keys(drawing.alt).length === 0
    ? [added]
    : [added, { type: 'media.asset-described', assetId, alt: drawing.alt }]
}

function rowOf(made: Made): Readonly<Record<string, unknown>> {
  const { id, drawing } = made
  const { svg, alt } = drawing
  return { id, kind: 'drawing', ...factsOf(made), color: PAPER, preview: null, drawing: svg, alt }
}
