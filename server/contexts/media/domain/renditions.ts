/** The closed list of sizes and formats: no address asks for any other work. */
export const WIDTHS = [160, 320, 640, 960, 1280, 1920] as const
/** Best first: the smaller file at the same look. */
export const FORMATS = ['avif', 'webp', 'jpeg'] as const

export type Width = (typeof WIDTHS)[number]
export type RenditionFormat = (typeof FORMATS)[number]

/** How it stands in an address, behind `/media/`; the id alone leads on to the whole address. */
export const ASSET_PATTERN = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9a-f]{16})?$'
export const FILE_PATTERN = `^(${WIDTHS.join('|')})\\.(${FORMATS.join('|')})$`

/** Digits of the hash in an address: two files never have the same by chance. */
const HASH_DIGITS = 16
const ID_LENGTH = 36

export interface RenditionFile {
  readonly width: Width
  readonly format: RenditionFormat
}

/** `640.avif`; undefined for what is none. */
export function renditionOf(file: string): RenditionFile | undefined {
  const [first, second] = file.split('.')
  const width = WIDTHS.find((each) => String(each) === first)
  const format = FORMATS.find((each) => each === second)
  if (width === undefined || format === undefined || file !== `${width}.${format}`) return undefined
  return { width, format }
}

/** What an address says of a picture: its id, and what its file must be. */
export function namedIn(asset: string): { readonly id: string; readonly hash: string } {
  return { id: asset.slice(0, ID_LENGTH), hash: asset.slice(ID_LENGTH + 1) }
}

/** The part of an address that names a picture. */
export function nameInAddress(id: string, sha256: string): string {
  return `${id}-${sha256.slice(0, HASH_DIGITS)}`
}

/** Those that look different of a picture so wide: none is enlarged, so wider ones are all the same. */
export function widthsOf(width: number): readonly number[] {
  const enough = WIDTHS.findIndex((each) => each >= width)
  return enough === -1 ? WIDTHS : WIDTHS.slice(0, enough + 1)
}
