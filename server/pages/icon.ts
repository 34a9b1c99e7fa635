import type { Visit } from './contract.ts'

/** What phones and desks ask for: by name, how wide, and whether its edges may be cut away. */
const SIZES = {
  '180': { width: 180, share: 0.72 },
  '192': { width: 192, share: 0.8 },
  '512': { width: 512, share: 0.8 },
  // A mask leaves four fifths across (W3C App Manifest, 1.9.2.3), so what is drawn keeps within it.
  'maskable-512': { width: 512, share: 0.58 },
} as const

export type IconSize = (typeof SIZES)[keyof typeof SIZES]

interface ShopLook {
  readonly colors: {
    readonly light: {
      readonly paper: string
      readonly accent: string
      readonly onAccent: string
    }
  }
  readonly logo: { readonly url: string | null }
}

/** Which icon stands at an address, if any. */
export function sizeOfIcon(path: string): IconSize | undefined {
  const [, name = ''] = /^\/icons\/([\w-]+)\.png$/.exec(path) ?? []
  return Object.hasOwn(SIZES, name) ? SIZES[name as keyof typeof SIZES] : undefined
}

/**
 * The shop's icon as PNG: its logo on its paper, else a bag in its accent. Only pictures that this
 * deployment made itself come here, so it needs none of the care that those of strangers need.
 */
export async function iconOf({ fetch, origin }: Visit, size: IconSize): Promise<Buffer> {
  // Loaded with the first icon: most processes start and serve without it.
  const { default: sharp } = await import('sharp')
  const answer = await fetch(new Request(`${origin}/api/v1/shop`))
  const { look } = (await answer.json()) as { readonly look: ShopLook }
  const { paper, accent, onAccent } = look.colors.light
  const { width } = size
  const logo = look.logo.url === null ? undefined : await pictureAt(look.logo.url, origin, fetch)
  if (logo === undefined) {
    return sharp(Buffer.from(bag(accent, onAccent, size)))
      .png({ compressionLevel: 9 })
      .toBuffer()
  }
  const side = Math.round(width * size.share)
  const inside = await sharp(logo)
    .resize({ width: side, height: side, fit: 'contain', background: '#00000000' })
    .png()
    .toBuffer()
  return sharp({ create: { width, height: width, channels: 3, background: paper } })
    .composite([{ input: inside, gravity: 'center' }])
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** A logo that has just been removed is none. */
async function pictureAt(
  url: string,
  origin: string,
  fetch: Visit['fetch'],
): Promise<Buffer | undefined> {
  const path = url.replace('{width}.{format}', '640.webp')
  const answer = await fetch(new Request(`${origin}${path}`))
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined
}

/** The bag of the header, as large as the icon lets it be. */
function bag(accent: string, onAccent: string, { width, share }: IconSize): string {
  const scale = (width * share) / 24
  const edge = (width - 24 * scale) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}"><rect width="100%" height="100%" fill="${accent}"/><path transform="translate(${edge} ${edge}) scale(${scale})" fill="none" stroke="${onAccent}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round" d="M5 8h14l-1 12H6zM9 10V7a3 3 0 0 1 6 0v3"/></svg>`
}
