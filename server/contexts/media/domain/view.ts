import type { AltTexts, AssetKind, AssetView, PictureView } from '../contract.ts'
import { FORMATS, nameInAddress, widthsOf } from './renditions.ts'

/** A picture as it is stored. */
export interface AssetFacts {
  readonly id: string
  readonly kind: AssetKind
  /** Of what was given, and so is `bytes`. */
  readonly sha256: string
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly color: string
  /** Base64 of WebP; null of a drawing. */
  readonly preview: string | null
  readonly alt: AltTexts
  readonly created_at: Date
}

/** Where pictures of a shop are fetched: nothing for its own address, or that of a CDN. */
export function baseOf(mediaUrl: string | undefined, slug: string): string {
  return (mediaUrl ?? '').replaceAll('{shop}', slug)
}

export function pictureView(facts: AssetFacts, base: string): PictureView {
  const { id, sha256, width, height, color, preview, alt } = facts
  return {
    id,
    url: `${base}/media/${nameInAddress(id, sha256)}/{width}.{format}`,
    // A drawing is as sharp at every size.
    widths: widthsOf(facts.kind === 'drawing' ? Infinity : width),
    formats: FORMATS,
    width,
    height,
    placeholder: { color, preview: preview === null ? null : `data:image/webp;base64,${preview}` },
    alt,
  }
}

export function assetView(facts: AssetFacts, base: string): AssetView {
  const { kind, sha256, bytes, created_at } = facts
  return { ...pictureView(facts, base), kind, sha256, bytes, createdAt: created_at.toISOString() }
}
