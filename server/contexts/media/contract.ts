/**
 * Media: the pictures of a shop. What people upload is never kept as it came: it is decoded, freed of
 * everything that is no picture, and served in a few sizes and formats under addresses that never change.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** A text by language (BCP 47). */
export type AltTexts = Readonly<Record<string, string>>

/** The shop has this picture from now on. */
export interface AssetAdded {
  readonly type: 'media.asset-added'
  readonly assetId: Id
  readonly kind: AssetKind
  /** Of what was given, in hexadecimal digits. */
  readonly sha256: string
  readonly width: number
  readonly height: number
  /** Of what was given. */
  readonly bytes: number
}

/** The picture is described by other words. */
export interface AssetDescribed {
  readonly type: 'media.asset-described'
  readonly assetId: Id
  readonly alt: AltTexts
}

/** The shop does not have the picture any more; where it was shown there is none. */
export interface AssetRemoved {
  readonly type: 'media.asset-removed'
  readonly assetId: Id
}

export type MediaEvent = AssetAdded | AssetDescribed | AssetRemoved

/** A photograph or the like, uploaded; a drawing that was made by ourselves. */
export type AssetKind = 'picture' | 'drawing'

export type MediaRefusal =
  | { readonly code: 'media.unknown' }
  | { readonly code: 'media.type-unknown'; readonly accepted: readonly string[] }
  | { readonly code: 'media.unreadable'; readonly reason: string }
  | {
      readonly code: 'media.too-many-pixels'
      readonly width: number
      readonly height: number
      readonly mostPixels: number
      readonly longestSide: number
    }
  | {
      readonly code: 'media.too-many-frames'
      readonly frames: number
      readonly mostFrames: number
    }
  | { readonly code: 'media.too-slow'; readonly seconds: number }
  | { readonly code: 'media.language-unknown'; readonly language: string }
  | { readonly code: 'media.piece-missing'; readonly piece: number }
  | { readonly code: 'media.too-many-pieces'; readonly most: number }

/** What whoever shows a picture needs to know of it. */
export interface PictureView {
  readonly id: Id
  /**
   * Address of the picture with `{width}` and `{format}` to be filled in, from `widths` and `formats`.
   * What it leads to never changes.
   */
  readonly url: string
  /** Those that differ: none is wider than the picture but the last. */
  readonly widths: readonly number[]
  /** Best first: `avif`, `webp`, `jpeg`. */
  readonly formats: readonly string[]
  /** As it is shown, in pixels. */
  readonly width: number
  readonly height: number
  /** Shown until the picture is there. */
  readonly placeholder: Placeholder
  readonly alt: AltTexts
}

export interface Placeholder {
  /** Its mean color, as `#a1b2c3`. */
  readonly color: string
  /** The picture, 16 pixels wide, as a `data:` address; null of a drawing. */
  readonly preview: string | null
}

/** A picture as staff see it. */
export interface AssetView extends PictureView {
  readonly kind: AssetKind
  readonly sha256: string
  /** Of what was given. */
  readonly bytes: number
  /** ISO 8601. */
  readonly createdAt: string
}

/** Something drawn by ourselves, as SVG without scripts and without anything from elsewhere. */
export interface Drawing {
  readonly name: string
  readonly svg: string
  readonly alt: AltTexts
}

/** Port for whoever shows pictures. */
export interface Media {
  /** By id, at most 10 s old; ids of pictures the shop does not have are absent. Any number of ids. */
  pictures(tenant: TenantId, ids: readonly Id[]): Promise<ReadonlyMap<Id, PictureView>>
  /**
   * For our own programs, never for what a client sends: drawings become pictures, whose ids are
   * answered by name. Nothing is rendered yet. One that is there already keeps its id. Throws for
   * what is no harmless drawing.
   */
  importDrawings(tenant: TenantId, drawings: readonly Drawing[]): Promise<ReadonlyMap<string, Id>>
}

/** What staff do to pictures. Refusals are those of `MediaRefusal`. */
export interface MediaCommands {
  /**
   * Makes a picture of what is uploaded; `isNew` is false when the shop has that very file already.
   * Throws `TooLarge` beyond 20 MB, `Unavailable` when too many upload at once.
   */
  add(
    tenant: Tenant,
    bytes: AsyncIterable<Uint8Array>,
    cause: Cause,
  ): Promise<Outcome<{ readonly asset: AssetView; readonly isNew: boolean }>>
  describe(tenant: Tenant, id: Id, alt: AltTexts, cause: Cause): Promise<Outcome<AssetView>>
  /** It is gone from the library and from where it was shown; its files go a day later. */
  remove(tenant: Tenant, id: Id, cause: Cause): Promise<Outcome<null>>
  /** Keeps a piece of a file that comes in several; the same piece again replaces it. */
  keepPiece(
    tenant: Tenant,
    piece: { readonly uploadId: Id; readonly number: number },
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<Outcome<{ readonly bytes: number }>>
  /** Which pieces of a file have come; what has no piece is not known. */
  pieces(tenant: Tenant, uploadId: Id): Promise<readonly PieceView[]>
  /** Makes a picture of so many pieces. */
  addPieces(
    tenant: Tenant,
    upload: { readonly uploadId: Id; readonly pieces: number },
    cause: Cause,
  ): Promise<Outcome<{ readonly asset: AssetView; readonly isNew: boolean }>>
}

export interface PieceView {
  readonly number: number
  readonly bytes: number
}

/** Bytes of a picture in one size and format. */
export interface Rendition {
  readonly bytes: Buffer
  readonly type: string
  /** A strong tag (RFC 9110 section 8.8.3). */
  readonly etag: string
}

/** What staff ask of the library. */
export interface MediaQueries {
  /** Newest first; with `sha256` the one of that file. */
  list(
    tenant: Tenant,
    ask: { readonly limit: number; readonly after?: string; readonly sha256?: string },
  ): Promise<Page<AssetView>>
  view(tenant: Tenant, id: Id): Promise<Outcome<AssetView>>
}

/** Serves pictures; throws `Unavailable` when too many wait to be made. */
export interface Renditions {
  /** By what stands in the address: `<id>-<first 16 digits of the hash>` and `640.avif`. */
  rendition(tenant: TenantId, asset: string, file: string): Promise<Outcome<Rendition>>
  /** Where a file of the picture with this id is served, at the shop's own address or that of a CDN. */
  address(tenant: TenantId, id: Id, file: string): Promise<Outcome<string>>
}
