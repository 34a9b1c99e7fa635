import { type Inspection, MOST_FRAMES, sized, tooManyFrames, unreadable } from './limits.ts'

const EXTENSION = 0x21
const IMAGE = 0x2c
const TRAILER = 0x3b
const HEADER_BYTES = 13

/** GIF89a: blocks in a row. Of a film the first frame is kept, for a shop shows pictures. */
export function inspectGif(bytes: Buffer): Inspection {
  if (bytes.length < HEADER_BYTES) return unreadable('it breaks off')
  const width = bytes.readUInt16LE(6)
  const height = bytes.readUInt16LE(8)
  let at = HEADER_BYTES + colorBytes(bytes.readUInt8(10))
  let frames = 0
  let endOfFirst = 0
  let isWhole = false
  while (at < bytes.length && !isWhole) {
    const block = bytes[at]
    if (block === TRAILER) isWhole = true
    else if (block === EXTENSION) at = endOfBlocks(bytes, at + 2)
    else if (block === IMAGE && at + 10 <= bytes.length) {
      frames += 1
      if (frames === 1 && isOutside(bytes, at, width, height)) {
        return unreadable('its first frame is larger than itself')
      }
      // Behind the size, the colors and one byte of the coding come the blocks.
      at = endOfBlocks(bytes, at + 10 + colorBytes(bytes.readUInt8(at + 9)) + 1)
      if (frames === 1) endOfFirst = at
    } else break
  }
  if (frames > MOST_FRAMES) return tooManyFrames(frames)
  if (endOfFirst === 0 || endOfFirst > bytes.length) return unreadable('it breaks off')
  const first = Buffer.concat([bytes.subarray(0, endOfFirst), Buffer.from([TRAILER])])
  return sized({ format: 'gif', width, height, bytes: first })
}

/** How long the table of colors is that these flags announce. */
function colorBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** Behind blocks that each begin with their length, and end with an empty one. */
function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) {
    at += 1 + length
  }
  return at + 1
}

function isOutside(bytes: Buffer, at: number, width: number, height: number): boolean {
  const right = bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5)
  const bottom = bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7)
  return right > width || bottom > height
}
