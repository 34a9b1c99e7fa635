import { type Inspection, MOST_PARTS, PROFILE_BYTES, sized, unreadable } from './limits.ts'

const SIGNATURE_BYTES = 8
/** Length, type and checksum around the data of a chunk. */
const FRAME_BYTES = 12

/** What makes the picture; texts, times, thumbnails and animations are left out. */
const KEPT: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'gAMA', 'IDAT', 'IEND'])

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** PNG (W3C, third edition): chunks of length, type, data, checksum. */
export function inspectPng(bytes: Buffer): Inspection {
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)]
  let at = SIGNATURE_BYTES
  let isWhole = false
  for (let parts = 0; at + FRAME_BYTES <= bytes.length && !isWhole; parts += 1) {
    if (parts === MOST_PARTS) return unreadable('it has too many parts')
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const end = at + FRAME_BYTES + length
    if (end > bytes.length) return unreadable('it breaks off')
    if (parts === 0 && (type !== 'IHDR' || length !== 13)) return unreadable('it does not begin')
    // A profile is packed, and a text may be: what unfolds is not looked at unless it is small.
    const isKept = KEPT.has(type) || (type === 'iCCP' && length <= PROFILE_BYTES)
    if (isKept) kept.push(bytes.subarray(at, end))
    isWhole = type === 'IEND'
    at = end
  }
  if (!isWhole) return unreadable('it breaks off')

  const width = bytes.readUInt32BE(16)
  const height = bytes.readUInt32BE(20)
  const depth = bytes.readUInt8(24)
  const channels = CHANNELS[bytes.readUInt8(25)] ?? 4
  const eachPixel = channels * (depth === 16 ? 2 : 1)
  return sized({ format: 'png', width, height, bytes: Buffer.concat(kept) }, eachPixel)
}
