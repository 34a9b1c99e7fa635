import type { Readable } from 'node:stream'

import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'

/**
 * Where bytes are kept that are too large for the database: pictures, documents, exports (DAT-05).
 *
 * A key is the tenant and a name, so no name reaches another shop. Names are parts of letters, digits,
 * `.`, `_` and `-` with slashes between, at most 200 characters; any other is a bug and throws.
 * Nothing is half visible: a name holds what a `put` brought to its end, or what was there before.
 * Throws `Unavailable` when the store is away or full.
 */
export interface Blobs {
  /**
   * Keeps bytes under a name, in place of what is there. More than `limitBytes` are refused with
   * `TooLarge` as soon as they are seen, and nothing is kept. What the source throws is thrown.
   */
  put(tenant: TenantId, name: string, bytes: BlobSource, limitBytes: number): Promise<BlobFacts>
  /**
   * What is there, or a part of it; nothing when there is none. A range that begins behind the end is
   * empty. Whoever asks must read the stream to its end or destroy it.
   */
  get(tenant: TenantId, name: string, range?: ByteRange): Promise<Blob | undefined>
  head(tenant: TenantId, name: string): Promise<BlobFacts | undefined>
  /** Nothing when there is none. */
  delete(tenant: TenantId, name: string): Promise<void>
  /**
   * Names that begin with a prefix, a page of at most `limit`, which is at most 1,000. The pages that
   * follow each other by `after` hold every name that is there all the while, once, in no order that
   * is promised: servers that speak S3 differ in it.
   */
  list(
    tenant: TenantId,
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<ListedBlobs>
  /** Removes what a process that died left unfinished before this instant; says how much. */
  forgetUnfinished(tenant: TenantId, before: Instant): Promise<number>
}

export type BlobSource = Uint8Array | AsyncIterable<Uint8Array>

/** From the byte `start` up to and with `end`, or to the last one. */
export interface ByteRange {
  readonly start: number
  readonly end?: number
}

export interface BlobFacts {
  readonly bytes: number
  readonly modifiedAt: Instant
}

export interface ListedBlob extends BlobFacts {
  readonly name: string
}

export interface ListedBlobs {
  readonly items: readonly ListedBlob[]
  /** `after` of the next page, which only this store can read; absent when this is the last one. */
  readonly next?: string
}

export interface Blob {
  /** Of the whole, also when a part was asked for. */
  readonly bytes: number
  readonly body: Readable
}

/** More bytes came than were allowed. */
export class TooLarge extends Error {
  readonly limitBytes: number

  constructor(limitBytes: number) {
    super(`more than ${limitBytes} bytes`)
    this.name = 'TooLarge'
    this.limitBytes = limitBytes
  }
}
