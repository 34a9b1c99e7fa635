import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import sharp from 'sharp'

import { DEMO_PASSWORD } from '../server/demo/users.ts'
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { measure } from './support/measure.ts'
import { openProgram } from './support/program.ts'
import type { ListOptions } from './scenarios/list-products.ts'

const CLIENTS = 64
/** It asks for addresses in turn, and looks at status and length. */
const SCENARIO = new URL('./scenarios/list-products.ts', import.meta.url)
const WIDTHS = [160, 320, 640, 960, 1280, 1920] as const
const FORMATS = ['avif', 'webp', 'jpeg'] as const
/** As a phone makes them: 12 megapixels. */
const PHOTO = { width: 4_000, height: 3_000 }

interface Asset {
  readonly url: string
  readonly bytes: number
}

/** Pictures that nobody has asked for, and those that everybody does. */
export const media: Benchmark = {
  name: 'media',
  what: 'photographs of 12 megapixels uploaded, rendered, and served again and again',
  run,
}

async function run(size: Size): Promise<Findings> {
  await using program = await openProgram()
  const photos = await Promise.all(
    Array.from({ length: size.isQuick ? 2 : 6 }, (_each, at) => aPhoto(at)),
  )
  const login = { email: 'admin@demo.test', password: DEMO_PASSWORD }
  const pass = await program.api.post<{ accessToken: string }>('/api/v1/users/login', login)

  const assets: Asset[] = []
  const uploading = performance.now()
  for (const photo of photos) assets.push(await upload(program.url, pass.accessToken, photo))
  const uploadMs = (performance.now() - uploading) / photos.length

  const made: string[] = []
  const paths: string[] = []
  let all = 0
  for (const format of FORMATS) {
    for (const width of WIDTHS) {
      const since = performance.now()
      let bytes = 0
      for (const { url } of assets) {
        const path = url.replace('{width}', String(width)).replace('{format}', format)
        paths.push(path)
        bytes += (await get(program.url, path)).byteLength
      }
      const ms = performance.now() - since
      all += ms
      const kB = bytes / assets.length / 1_000
      made.push(`${format} ${width}: ${(ms / assets.length).toFixed(0)} ms, ${kB.toFixed(0)} kB`)
    }
  }

  const pathFile = join(program.folder, 'bench-media.txt')
  writeFileSync(pathFile, paths.filter((path) => path.includes('/320.')).join('\n'))
  const options: ListOptions = { pathFile }
  const { load, heldBackBy, details } = await measure(program, {
    title: 'renditions, hot',
    per: 'request',
    scenario: SCENARIO,
    clients: CLIENTS,
    warmUpSeconds: size.warmUpSeconds,
    seconds: size.seconds,
    headers: { Host: 'demo.localhost' },
    options,
  })
  return {
    postgres: program.postgres,
    figures: [
      {
        what: `renditions of 320 pixels, hot, ${CLIENTS} clients`,
        value: (load.outcomes['shown'] ?? 0) / load.seconds,
        unit: 'req/s',
        latency: load.latency,
        heldBackBy,
      },
      {
        what: 'renditions made, all sizes and formats, one after another',
        value: (1_000 * paths.length) / all,
        unit: '/s',
      },
      { what: 'photograph of 12 megapixels taken', value: uploadMs, unit: 'ms' },
    ],
    details: [
      `${assets.length} photographs of ${((assets[0]?.bytes ?? 0) / 1e6).toFixed(1)} MB.`,
      ...made,
      ...details,
    ],
  }
}

/** Soft shapes with the noise of a camera, so that it costs what a photograph costs. */
function aPhoto(at: number): Promise<Buffer> {
  const shapes = Array.from({ length: 40 }, (_each, n) => {
    const [x, y] = [(n * 997 + at * 131) % 4_000, (n * 613 + at * 57) % 3_000]
    return `<circle cx="${x}" cy="${y}" r="${100 + ((n * 71) % 500)}" fill="hsl(${(n * 47 + at * 60) % 360},60%,50%)" opacity=".5"/>`
  })
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="3000"><rect width="4000" height="3000" fill="#ccc"/>${shapes.join('')}</svg>`
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
  const grain = sharp({ create: { ...PHOTO, channels: 3, background: '#808080', noise } })
  return grain
    .png({ compressionLevel: 0 })
    .toBuffer()
    .then((input) =>
      sharp(Buffer.from(drawn))
        .composite([{ input, blend: 'soft-light' }])
        .flatten()
        .jpeg({ quality: 88 })
        .toBuffer(),
    )
}

async function upload(shop: string, token: string, photo: Buffer): Promise<Asset> {
  const answer = await fetch(`${shop}/api/v1/admin/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' },
    body: new Uint8Array(photo),
  })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Asset
}

async function get(shop: string, path: string): Promise<ArrayBuffer> {
  const answer = await fetch(shop + path)
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.arrayBuffer()
}
