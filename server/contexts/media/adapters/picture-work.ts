/** What the studio's program does, with sharp; runs nowhere else. */
import sharp, { type Sharp, type SharpOptions } from 'sharp'

import { MOST_PIXELS } from '../domain/limits.ts'
import type { Ingested, RenderWish } from '../provider.ts'

/** The widest rendition has 1920 pixels; a little more is kept for what may come. */
const MASTER_SIDE = 2_560
const PREVIEW_WIDTH = 16

/** The decoder of each format; no other one is ever run, whatever a file says. */
const DECODERS: Readonly<Record<string, string>> = {
  avif: 'VipsForeignLoadHeif',
  gif: 'VipsForeignLoadNsgif',
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  webp: 'VipsForeignLoadWebp',
  svg: 'VipsForeignLoadSvg',
}

const OPTIONS: SharpOptions = {
  limitInputPixels: MOST_PIXELS,
  failOn: 'error',
  sequentialRead: true,
  pages: 1,
  animated: false,
}

/** One picture at a time on one thread, and nothing remembered of it. */
export function prepare(): void {
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
}

/** Lets a single decoder run, as long as the work does. */
async function decoding<T>(format: string, work: () => Promise<T>): Promise<T> {
  const operation = [DECODERS[format] ?? '']
  sharp.unblock({ operation })
  try {
    return await work()
  } finally {
    sharp.block({ operation })
  }
}

export function ingest(bytes: Buffer, format: string): Promise<Omit<Ingested, 'peakBytes'>> {
  return decoding(format, async () => {
    const { hasAlpha } = await sharp(bytes, OPTIONS).metadata()
    const shown = sharp(bytes, OPTIONS)
      .autoOrient()
      .resize({
        width: MASTER_SIDE,
        height: MASTER_SIDE,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .toColorspace('srgb')
    // Without `keepMetadata` nothing goes along: no place, no camera, no profile.
    const encoded = hasAlpha
      ? shown.webp({ quality: 92, alphaQuality: 100, effort: 2 })
      : shown.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    const { width, height } = info
    return decoding(hasAlpha ? 'webp' : 'jpeg', async () => ({
      master: data,
      width,
      height,
      color: await meanColor(data),
      preview: await sharp(data, OPTIONS)
        .resize({ width: PREVIEW_WIDTH })
        .webp({ quality: 40, alphaQuality: 60 })
        .toBuffer(),
    }))
  })
}

async function meanColor(master: Buffer): Promise<string> {
  const pixel = await sharp(master, OPTIONS)
    .flatten({ background: '#ffffff' })
    .resize({ width: 1, height: 1, fit: 'fill', kernel: 'cubic' })
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer()
  const [red = 255, green = red, blue = red] = pixel
  return `#${Buffer.from([red, green, blue]).toString('hex')}`
}

export async function render(
  master: Buffer,
  { width, format, drawn }: RenderWish,
): Promise<Buffer> {
  if (drawn !== undefined) {
    // A drawing has 72 dots to the inch at the size it says.
    const density = Math.max(1, (72 * width) / drawn.width)
    const height = Math.max(1, Math.round((width * drawn.height) / drawn.width))
    return decoding('svg', () =>
      encode(
        sharp(master, { ...OPTIONS, density }).resize({ width, height, fit: 'fill' }),
        format,
      ).toBuffer(),
    )
  }
  const isJpeg = master[0] === 0xff
  return decoding(isJpeg ? 'jpeg' : 'webp', () =>
    encode(sharp(master, OPTIONS).resize({ width, withoutEnlargement: true }), format).toBuffer(),
  )
}

/** Qualities at which photographs of products show no fault side by side with their masters. */
function encode(picture: Sharp, format: RenderWish['format']): Sharp {
  switch (format) {
    case 'avif':
      return picture.avif({ quality: 52, effort: 2 })
    case 'webp':
      return picture.webp({ quality: 78, effort: 3 })
    case 'jpeg':
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80, progressive: true })
  }
}
