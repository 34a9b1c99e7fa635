/** Files that are made to harm whoever opens them, and what has to become of each. */
import { crc32, deflateSync } from 'node:zlib'

import sharp from 'sharp'

/** Refused before a decoder sees it, by the decoder, or made into a clean picture. */
export type Fate = 'refused' | 'undecodable' | 'clean'

export interface HostileFile {
  readonly name: string
  readonly bytes: Buffer
  readonly fate: Fate
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])))
  return Buffer.concat([head, data, tail])
}

interface Header {
  readonly width: number
  readonly height: number
  readonly depth?: number
  readonly color?: number
  readonly interlace?: number
}

function ihdr({ width, height, depth = 8, color = 2, interlace = 0 }: Header): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([depth, color, 0, 0, interlace], 8)
  return chunk('IHDR', data)
}

const IEND = chunk('IEND', Buffer.alloc(0))

function png(header: Header, ...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ihdr(header), ...chunks, IEND])
}

const zeros = (length: number): Buffer => deflateSync(Buffer.alloc(length))
const idat = (length: number): Buffer => chunk('IDAT', zeros(length))

/** A good PNG of 8 × 8, into which something else is put behind its header. */
function pngWith(...chunks: readonly Buffer[]): Buffer {
  return png({ width: 8, height: 8 }, ...chunks, idat(8 * 25))
}

function gif(frames: number, width = 8, height = 8, frameWidth = width): Buffer {
  const head = Buffer.from('474946383961000000000000000000000000000000', 'hex').subarray(0, 13)
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  head[10] = 0x80
  const colors = Buffer.from('000000ffffff', 'hex')
  const frame = Buffer.from('2c00000000000000000002024c0100', 'hex')
  frame.writeUInt16LE(frameWidth, 5)
  frame.writeUInt16LE(height, 7)
  return Buffer.concat([
    head,
    colors,
    ...Array.from({ length: frames }, () => frame),
    Buffer.of(0x3b),
  ])
}

function riff(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

function riffChunk(name: string, data: Buffer, length = data.length): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}

function box(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length + 8)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, data])
}

function ispe(width: number, height: number): Buffer {
  const data = Buffer.alloc(12)
  data.writeUInt32BE(width, 4)
  data.writeUInt32BE(height, 8)
  return box('ispe', data)
}

const SCRIPT = '<script>alert(document.domain)</script>'

async function jpeg(width = 16, height = 16): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#abcdef' } })
    .jpeg()
    .toBuffer()
}

/** An APPn or comment segment behind the first two bytes. */
function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

function jpegWith(good: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([good.subarray(0, 2), ...segments, good.subarray(2)])
}

export async function hostileFiles(): Promise<readonly HostileFile[]> {
  const good = await jpeg()
  const webp = await sharp(good).webp().toBuffer()
  const avif = await sharp(good).avif().toBuffer()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${SCRIPT}</svg>`
  const xxe = `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>`
  return [
    ...pngs(),
    ...gifs(),
    ...webps(webp),
    ...(await jpegs(good)),
    ...avifs(avif),
    refused('SVG with a script', Buffer.from(svg)),
    refused('SVG that reads a file', Buffer.from(xxe)),
    refused('SVG behind spaces and a mark', Buffer.from(`\uFEFF   \n${svg}`)),
    refused('HTML named .jpg', Buffer.from(`<!doctype html>${SCRIPT}`)),
    refused('a page of PHP', Buffer.from('<?php system($_GET["c"]); ?>')),
    refused('nothing', Buffer.alloc(0)),
    refused('one byte', Buffer.of(0xff)),
    refused('a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n')),
    refused('a ZIP', Buffer.from('504b0304140000000800', 'hex')),
    refused('a TIFF', Buffer.from('49492a0008000000', 'hex')),
    refused('a BMP', Buffer.from('424d460000000000', 'hex')),
    refused('an icon', Buffer.from('00000100010010100000', 'hex')),
    refused('MVG for ImageMagick', Buffer.from('push graphic-context\nimage over 0,0 0,0 "|id"')),
    refused('a program', Buffer.from('7f454c4602010100', 'hex')),
    refused(
      'random bytes',
      Buffer.from(Array.from({ length: 9_000 }, (_, at) => (at * 7919) % 251)),
    ),
  ]
}

const refused = (name: string, bytes: Buffer): HostileFile => ({ name, bytes, fate: 'refused' })
const undecodable = (name: string, bytes: Buffer): HostileFile => ({
  name,
  bytes,
  fate: 'undecodable',
})
const clean = (name: string, bytes: Buffer): HostileFile => ({ name, bytes, fate: 'clean' })

function pngs(): HostileFile[] {
  const text = (name: string, unfolded: number): Buffer =>
    chunk(name, Buffer.concat([Buffer.from('Comment\0\0'), zeros(unfolded)]))
  const unfoldingText = chunk(
    'iTXt',
    Buffer.concat([Buffer.from('a\0\x01\0\0\0', 'latin1'), zeros(100_000_000)]),
  )
  const profile = (unfolded: number): Buffer =>
    chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0'), zeros(unfolded)]))
  const cut = png({ width: 64, height: 64 }, idat(64 * 193))
  return [
    refused('PNG of 65,000 × 65,000', png({ width: 65_000, height: 65_000 }, idat(1_000))),
    refused('PNG of four billion pixels in a row', png({ width: 2 ** 32 - 1, height: 1 }, idat(9))),
    refused('PNG of a strip', png({ width: 1, height: 2_000_000 }, idat(4_000_000))),
    refused(
      'PNG of 50 megapixels of 8 bytes, interlaced',
      png({ width: 7_000, height: 7_000, depth: 16, color: 6, interlace: 1 }, idat(1_000_000)),
    ),
    refused('PNG without size', png({ width: 0, height: 0 }, idat(10))),
    undecodable('PNG of an odd depth', png({ width: 8, height: 8, depth: 7, color: 5 }, idat(200))),
    clean('PNG whose 64 pixels unfold to 200 MB', png({ width: 8, height: 8 }, idat(200_000_000))),
    clean('PNG with a text that unfolds to 100 MB', pngWith(text('zTXt', 100_000_000))),
    clean('PNG with an international text that unfolds', pngWith(unfoldingText)),
    clean('PNG with a profile that unfolds to 100 MB', pngWith(profile(100_000_000))),
    clean('PNG with a small profile that unfolds to 10 MB', pngWith(profile(10_000_000))),
    clean('PNG with a script behind its end', Buffer.concat([pngWith(), Buffer.from(SCRIPT)])),
    clean('PNG with a script in a text', pngWith(chunk('tEXt', Buffer.from(`a\0${SCRIPT}`)))),
    clean('PNG that is animated', pngWith(chunk('acTL', Buffer.from('ffffffff00000000', 'hex')))),
    refused('PNG that breaks off', cut.subarray(0, cut.length - 30)),
    refused(
      'PNG with a chunk of two gigabytes',
      Buffer.concat([
        SIGNATURE,
        ihdr({ width: 8, height: 8 }),
        Buffer.from('7fffffff49444154', 'hex'),
        Buffer.alloc(64),
      ]),
    ),
    refused('PNG of nothing but its signature', SIGNATURE),
    refused(
      'PNG with too many chunks',
      pngWith(...Array.from({ length: 30_000 }, () => chunk('tEXt', Buffer.of(1)))),
    ),
    undecodable('PNG without a picture', png({ width: 8, height: 8 })),
    undecodable(
      'PNG that is rubbish inside',
      png({ width: 64, height: 64 }, chunk('IDAT', Buffer.alloc(500, 0x5a))),
    ),
  ]
}

function gifs(): HostileFile[] {
  const polyglot = Buffer.from(gif(1))
  return [
    refused('GIF of 10,000 frames', gif(10_000)),
    clean('GIF of 500 frames', gif(500)),
    clean(
      'GIF that is also a script',
      Buffer.concat([polyglot, Buffer.from(`*/=1;alert(1)//${SCRIPT}`)]),
    ),
    refused('GIF of 65,535 × 65,535', gif(1, 65_535, 65_535)),
    refused('GIF whose frame is larger than itself', gif(1, 8, 8, 60_000)),
    refused('GIF that is only a head', gif(1).subarray(0, 14)),
    refused(
      'GIF whose blocks never end',
      Buffer.concat([gif(1).subarray(0, 19), Buffer.alloc(5_000, 0x21)]),
    ),
  ]
}

function webps(webp: Buffer): HostileFile[] {
  const large = Buffer.alloc(10)
  large.writeUIntLE(16_000_000, 4, 3)
  large.writeUIntLE(16_000_000, 7, 3)
  const longer = Buffer.from(webp)
  longer.writeUInt32LE(2 ** 31, 4)
  const chunkLonger = Buffer.from(webp)
  chunkLonger.writeUInt32LE(2 ** 31, 16)
  const frames = Array.from({ length: 3_000 }, () => riffChunk('ANMF', Buffer.alloc(16)))
  return [
    refused('WebP that says to be longer', longer),
    refused('WebP with a chunk that says to be longer', chunkLonger),
    refused('WebP of sixteen million squared', riff(riffChunk('VP8X', large))),
    refused('WebP of 3,000 frames', riff(...frames)),
    undecodable(
      'WebP of rubbish',
      riff(riffChunk('VP8L', Buffer.from('2f0700c001ffffffff', 'hex'))),
    ),
    refused('WebP without a picture', riff(riffChunk('EXIF', Buffer.alloc(9)))),
    clean('WebP with a script behind its end', Buffer.concat([webp, Buffer.from(SCRIPT)])),
  ]
}

async function jpegs(good: Buffer): Promise<HostileFile[]> {
  const profile = Buffer.concat([
    Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'),
    Buffer.alloc(60_000, 0x41),
  ])
  const progressive = await sharp(good).jpeg({ progressive: true }).toBuffer()
  const scan = progressive.indexOf(Buffer.from('ffda', 'hex'))
  const scans = Buffer.concat([
    progressive.subarray(0, scan),
    ...Array.from({ length: 2_000 }, () => progressive.subarray(scan, -2)),
    Buffer.from('ffd9', 'hex'),
  ])
  const huge = Buffer.from(good)
  const frame = huge.indexOf(Buffer.from('ffc0', 'hex'))
  huge.writeUInt16BE(65_500, frame + 5)
  huge.writeUInt16BE(65_500, frame + 7)
  const located = await sharp(good)
    .withExif({ IFD3: { GPSLatitude: '50/1 27/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()
  return [
    refused('JPEG of 65,500 × 65,500', huge),
    refused('JPEG that breaks off', (await jpeg(200, 200)).subarray(0, -90)),
    refused('JPEG of only a head', good.subarray(0, 20)),
    refused('JPEG of thousands of passes', scans),
    refused('JPEG with two sizes', jpegWith(good, good.subarray(frame, frame + 19))),
    refused('JPEG without a picture', Buffer.from('ffd8ffd9', 'hex')),
    refused(
      'JPEG of nothing but markers',
      Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.alloc(90_000, 0xff)]),
    ),
    clean('JPEG with a script in a comment', jpegWith(good, segment(0xfe, Buffer.from(SCRIPT)))),
    clean(
      'JPEG with a ZIP behind its end',
      Buffer.concat([good, Buffer.from('504b0304', 'hex'), Buffer.from(SCRIPT)]),
    ),
    clean('JPEG that knows where it was taken', located),
    clean('JPEG with a profile of rubbish', jpegWith(good, segment(0xe2, profile))),
    clean(
      'JPEG with EXIF of rubbish',
      jpegWith(
        good,
        segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0'), Buffer.alloc(50_000, 0xff)])),
      ),
    ),
  ]
}

function avifs(avif: Buffer): HostileFile[] {
  const brand = box('ftyp', Buffer.from('avif\0\0\0\0avifmif1'))
  const heic = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic'))
  const endless = Buffer.from(avif)
  endless.writeUInt32BE(2 ** 31, endless.indexOf('meta') - 4)
  return [
    refused('AVIF of 60,000 × 60,000', Buffer.concat([brand, box('meta', ispe(60_000, 60_000))])),
    refused(
      'AVIF of thousands of sizes',
      Buffer.concat([brand, ...Array.from({ length: 4_000 }, () => ispe(8, 8))]),
    ),
    undecodable('AVIF without a picture', Buffer.concat([brand, box('meta', ispe(8, 8))])),
    refused('AVIF whose box never ends', endless),
    refused('HEIC, which we cannot decode', heic),
    refused(
      'a film',
      Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0mp42')), box('moov', Buffer.alloc(99))]),
    ),
    clean(
      'AVIF with a script behind its end',
      Buffer.concat([avif, box('free', Buffer.from(SCRIPT))]),
    ),
  ]
}
