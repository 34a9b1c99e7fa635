/** What is asked of the program that decodes and encodes pictures. */

export interface Ingested {
  /** What all renditions are made of: the picture as it is shown, without anything beside it. */
  readonly master: Buffer
  readonly width: number
  readonly height: number
  /** As `#a1b2c3`. */
  readonly color: string
  readonly preview: Buffer
  /** The most memory the program has ever had, for who watches it. */
  readonly peakBytes: number
}

export type Ingesting =
  | { readonly kind: 'ingested'; readonly value: Ingested }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** It took longer than a picture of that size may. */
  | { readonly kind: 'too-slow'; readonly seconds: number }

/** Makes pictures, one at a time. Throws `Unavailable` when too many wait, or when it died of its work. */
export interface Studio {
  /** Decodes a file of strangers that says to be of this format, and nothing else. */
  ingest(bytes: Uint8Array, format: string): Promise<Ingesting>
  render(master: Uint8Array, wish: RenderWish): Promise<Buffer>
}

export interface RenderWish {
  readonly width: number
  readonly format: 'avif' | 'webp' | 'jpeg'
  /** Of a drawing of ours, how large it says to be; drawings are drawn at the size that is asked for. */
  readonly drawn?: { readonly width: number; readonly height: number }
}
