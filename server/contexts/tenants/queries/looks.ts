import { hash } from 'node:crypto'

import type { Media } from '#context/media'
import type { Platform } from '#platform/context'
import { known, type Known } from '#platform/known'

import type { ShownLook } from '../contract.ts'
import { DEFAULT_LOOK } from '../domain/look.ts'
import { styleSheet } from '../domain/style-sheet.ts'
import { lookOf } from '../store/looks.ts'

/** Looks change rarely; a new one is seen at most so late. */
const FRESH_MS = 2_000

/** How each shop looks, with its style sheet made. */
export function openKnownLooks(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  { pictures }: Pick<Media, 'pictures'>,
): Known<ShownLook> {
  return known(clock, FRESH_MS, async (tenant) => {
    const look = (await lookOf(reads, tenant)) ?? DEFAULT_LOOK
    const { asset } = look.logo
    const shown = asset === null ? undefined : (await pictures(tenant, [asset])).get(asset)
    const css = styleSheet(look)
    return {
      ...look,
      logoUrl: shown?.url ?? null,
      css,
      cssHash: hash('sha1', css, 'hex').slice(0, 16),
    }
  })
}
