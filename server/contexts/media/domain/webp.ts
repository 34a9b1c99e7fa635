import {
  type Inspection,
  MOST_FRAMES,
  MOST_PARTS,
  sized,
  tooManyFrames,
  unreadable,
} from './limits.ts'

const HEADER_BYTES = 12

interface Size {
  readonly width: number
  readonly height: number
}

/** WebP (RFC 9649): chunks of name, length and data in one RIFF; what stands behind it is left out. */
export function inspectWebp(bytes: Buffer): Inspection {
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length || end < HEADER_BYTES) return unreadable('it is not as long as it says')
  let at = HEADER_BYTES
  let frames = 0
  let size: Size | undefined
  for (let parts = 0; at + 8 <= end; parts += 1) {
    if (parts === MOST_PARTS) return unreadable('it has too many parts')
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const next = at + 8 + length + (length % 2)
    // The byte that fills up may be missing at the end.
    if (at + 8 + length > end) return unreadable('it breaks off')
    if (name === 'ANMF') frames += 1
    const said = sizeIn(name, bytes.subarray(at + 8, at + 8 + length))
    if (said === 'none') return unreadable('its size cannot be told')
    size = largest(size, said)
    at = next
  }
  if (frames > MOST_FRAMES) return tooManyFrames(frames)
  if (size === undefined) return unreadable('it holds no picture')
  return sized({ format: 'webp', ...size, bytes: bytes.subarray(0, end) })
}

/** What a chunk says of a size; nothing when it is none that does. */
function sizeIn(name: string, data: Buffer): Size | 'none' | undefined {
  switch (name) {
    case 'VP8X':
      return data.length < 10
        ? 'none'
        : { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 }
    case 'VP8L': {
      if (data.length < 5 || data[0] !== 0x2f) return 'none'
      const bits = data.readUInt32LE(1)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return data.length < 10
        ? 'none'
        : { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff }
    default:
      return undefined
  }
}

function largest(one: Size | undefined, other: Size | undefined): Size | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return {
    width: Math.max(one.width, other.width),
    height: Math.max(one.height, other.height),
  }
}
