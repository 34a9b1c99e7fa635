import { refuse } from '#platform/outcome'

import { inspectAvif } from './avif.ts'
import { inspectGif } from './gif.ts'
import { inspectJpeg } from './jpeg.ts'
import { ACCEPTED, type Inspection } from './limits.ts'
import { inspectPng } from './png.ts'
import { inspectWebp } from './webp.ts'

/**
 * Tells by its first bytes what a file is, walks its parts without decoding any, and leaves out what
 * stands behind its end and what is no picture. Cheap, and linear in the bytes: what is refused here
 * never reaches a decoder.
 */
export function inspect(bytes: Buffer): Inspection {
  if (begins(bytes, 0, 'ffd8ff')) return inspectJpeg(bytes)
  if (begins(bytes, 0, '89504e470d0a1a0a')) return inspectPng(bytes)
  // GIF87a and GIF89a.
  if (begins(bytes, 0, '474946383761') || begins(bytes, 0, '474946383961')) return inspectGif(bytes)
  // RIFF and WEBP, with the length between.
  if (begins(bytes, 0, '52494646') && begins(bytes, 8, '57454250')) return inspectWebp(bytes)
  // ftyp, behind the length of its box.
  if (begins(bytes, 4, '66747970')) return inspectAvif(bytes)
  return refuse({ code: 'media.type-unknown', accepted: ACCEPTED })
}

function begins(bytes: Buffer, at: number, hex: string): boolean {
  return bytes.toString('hex', at, at + hex.length / 2) === hex
}
