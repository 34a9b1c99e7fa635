import { refuse } from '#platform/outcome'

import { ACCEPTED, type Inspection, MOST_PARTS, sized, unreadable } from './limits.ts'

const BRANDS: ReadonlySet<string> = new Set(['avif', 'avis'])
/** Places where a file says a size: the picture, its parts, its thumbnails. */
const MOST_SIZES = 1_000

/** AVIF: boxes of length and name (ISO/IEC 14496-12); the sizes are in `ispe` (ISO/IEC 23008-12). */
export function inspectAvif(bytes: Buffer): Inspection {
  const length = bytes.readUInt32BE(0)
  const brands = bytes.toString('latin1', 8, Math.min(length, 200)).match(/.{4}/gs) ?? []
  if (!brands.some((brand) => BRANDS.has(brand))) {
    return refuse({ code: 'media.type-unknown', accepted: ACCEPTED })
  }
  const end = endOfBoxes(bytes)
  if (end === undefined) return unreadable('it breaks off')

  let width = 0
  let height = 0
  let sizes = 0
  const whole = bytes.subarray(0, end)
  for (let at = whole.indexOf('ispe'); at !== -1; at = whole.indexOf('ispe', at + 4)) {
    sizes += 1
    if (sizes > MOST_SIZES) return unreadable('it says too many sizes')
    if (at + 16 > whole.length) return unreadable('it breaks off')
    width = Math.max(width, whole.readUInt32BE(at + 8))
    height = Math.max(height, whole.readUInt32BE(at + 12))
  }
  return sized({ format: 'avif', width, height, bytes: whole })
}

/** Behind the last box; undefined when one does not end within the file. */
function endOfBoxes(bytes: Buffer): number | undefined {
  let at = 0
  for (let parts = 0; at + 8 <= bytes.length; parts += 1) {
    const length = bytes.readUInt32BE(at)
    // 0 means up to the end; 1 a length of eight bytes, which no picture of our size needs.
    if (length === 0) return bytes.length
    if (length < 8 || at + length > bytes.length || parts === MOST_PARTS) return undefined
    at += length
  }
  return at
}
