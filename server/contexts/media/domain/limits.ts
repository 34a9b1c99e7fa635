import { accept, refuse, type Outcome } from '#platform/outcome'

import type { MediaRefusal } from '../contract.ts'

/** What is taken; photographs of phones have 12 to 50 megapixels and up to 15 MB. */
export const UPLOAD_BYTES = 20_000_000
/** A file may come in pieces, so that a slow line can go on where it was cut. */
export const PIECE_BYTES = 1_000_000
export const MOST_PIECES = 20
/** Their numbers: 0 to 19. */
export const PIECE_PATTERN = '^1?\\d$'
/** Of uploads that were begun and not ended, in one shop. */
export const MOST_PIECES_KEPT = 400
export const MOST_PIXELS = 50_000_000
export const LONGEST_SIDE = 12_000
/** Only the first frame is shown; more than these are no mistake any more. */
export const MOST_FRAMES = 1_000
/** What a decoder may fill at once: 50 megapixels of four bytes. */
const DECODED_BYTES = 200_000_000
/** A file is in at most so many parts; a real one has tens. */
export const MOST_PARTS = 20_000
/** Passes of a progressive JPEG: real ones have about ten, each costs a pass over all pixels. */
export const MOST_SCANS = 64
/** A color profile is kept only when it is small: packed, it could unfold a thousandfold. */
export const PROFILE_BYTES = 16_000

export const ACCEPTED = ['AVIF', 'GIF', 'JPEG', 'PNG', 'WebP'] as const

export type Format = 'avif' | 'gif' | 'jpeg' | 'png' | 'webp'

/** A file that claims to be a picture, told by its own first bytes, freed of what is no picture. */
export interface Inspected {
  readonly format: Format
  readonly width: number
  readonly height: number
  readonly bytes: Buffer
}

/** A look at a file's own words about itself, before anything is decoded. */
export type Inspection = Outcome<Inspected, MediaRefusal>

export function unreadable(reason: string): Inspection {
  return refuse({ code: 'media.unreadable', reason })
}

/** Whether a picture of that size may be decoded. */
export function sized(found: Inspected, bytesEachPixel = 4): Inspection {
  const { width, height } = found
  if (width === 0 || height === 0) return unreadable('it has no size')
  const pixels = width * height
  const isTooLarge =
    pixels > MOST_PIXELS || pixels * bytesEachPixel > DECODED_BYTES || isLong(width, height)
  if (!isTooLarge) return accept(found)
  return refuse({
    code: 'media.too-many-pixels',
    width,
    height,
    mostPixels: MOST_PIXELS,
    longestSide: LONGEST_SIDE,
  })
}

function isLong(width: number, height: number): boolean {
  return width > LONGEST_SIDE || height > LONGEST_SIDE
}

export function tooManyFrames(frames: number): Inspection {
  return refuse({ code: 'media.too-many-frames', frames, mostFrames: MOST_FRAMES })
}
