import { type Inspection, MOST_PARTS, MOST_SCANS, sized, unreadable } from './limits.ts'

const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda

/** JPEG (ITU-T T.81 annex B): segments of marker and length; a scan is followed by its own bytes. */
export function inspectJpeg(bytes: Buffer): Inspection {
  let at = 2
  let scans = 0
  let size: { readonly width: number; readonly height: number } | undefined
  for (let parts = 0; ; parts += 1) {
    if (parts === MOST_PARTS) return unreadable('it has too many parts')
    // Any number of FF may stand before a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff || marker === undefined) return unreadable('it breaks off')
    if (marker === END_OF_IMAGE) break
    if (isBare(marker)) {
      at += 2
      continue
    }
    if (at + 4 > bytes.length) return unreadable('it breaks off')
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return unreadable('it breaks off')
    if (isFrame(marker)) {
      // A second one would be decoded after the first one was judged.
      if (size !== undefined || length < 8)
        return unreadable('its size is said twice or not at all')
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += 2 + length
    if (marker !== START_OF_SCAN) continue
    scans += 1
    if (scans > MOST_SCANS) return unreadable('it is drawn in too many passes')
    at = endOfScan(bytes, at)
  }
  if (size === undefined || scans === 0) return unreadable('it holds no picture')
  // What stands behind the end is no part of the picture.
  return sized({ format: 'jpeg', ...size, bytes: bytes.subarray(0, at + 2) }, 3)
}

/** Markers that no length follows. */
function isBare(marker: number): boolean {
  return marker === START_OF_IMAGE || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
}

/** SOF0 to SOF15, of which three numbers mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Where the next marker is: in a scan FF is followed by 00, or by a restart marker. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}
