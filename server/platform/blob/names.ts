import assert from 'node:assert/strict'

import type { TenantId } from '../ids.ts'
import { TooLarge, type Blob, type BlobSource } from './blobs.ts'

/** A part begins with no dot, so that none means the folder above and none is hidden. */
const NAME = /^[A-Za-z0-9_-][\w.-]*(\/[A-Za-z0-9_-][\w.-]*)*$/
const PREFIX = /^([A-Za-z0-9_-][\w.-]*\/)*([A-Za-z0-9_-][\w.-]*)?$/
const LONGEST = 200

/** The key of a tenant's name: the same in a folder and in a bucket. Throws for what is no name. */
export function keyOf(tenant: TenantId, name: string): string {
  assert(Number.isSafeInteger(tenant), 'a blob is of a tenant')
  assert(name.length <= LONGEST && NAME.test(name), `${JSON.stringify(name)} is no name of a blob`)
  return `${tenant}/${name}`
}

/** What the keys of a tenant's names with that prefix begin with; an empty prefix is all of them. */
export function prefixOf(tenant: TenantId, prefix: string): string {
  assert(Number.isSafeInteger(tenant), 'a blob is of a tenant')
  assert(
    prefix.length <= LONGEST && PREFIX.test(prefix),
    `${JSON.stringify(prefix)} is no beginning of a blob's name`,
  )
  return `${tenant}/${prefix}`
}

export function mustBePage(limit: number): void {
  assert(Number.isInteger(limit) && limit >= 1 && limit <= 1000, `${limit} is no length of a page`)
}

/** The bytes of a source as they come; throws `TooLarge` with the first byte too many. */
export async function* bounded(
  source: BlobSource,
  limitBytes: number,
): AsyncGenerator<Uint8Array, void> {
  let seen = 0
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    seen += chunk.byteLength
    if (seen > limitBytes) throw new TooLarge(limitBytes)
    yield chunk
  }
}

/** All bytes of a source at once; for what is known to be small. */
export async function gathered(source: BlobSource, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bounded(source, limitBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** All bytes of a blob at once; for what is known to be small. */
export async function bytesOf({ body }: Blob): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
