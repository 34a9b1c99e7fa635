import type { Reply } from '#platform/http/route'

import type { Rendition } from '../contract.ts'

/** The part of bytes that is sent, or that there is none such. */
type Part = { readonly start: number; readonly end: number } | 'whole' | 'none'

const NOTHING = Buffer.alloc(0)

/**
 * Kept by everybody for a year, because the address has the hash of the file in it (RFC 9111, RFC 8246).
 * Should a browser take it for a page, it may do nothing there.
 */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'accept-ranges': 'bytes',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'content-disposition': 'inline',
}

/** Whether an address names a file, not only the id of a picture. */
export function hasHash(asset: string): boolean {
  return asset.split('-').length > 5
}

/** A picture may be removed, and a CDN moved. */
const BRIEFLY = { 'cache-control': 'public, max-age=300' }

/** To the address that never changes, at a CDN. */
export function movedTo(location: string): Reply<string> {
  const headers = { location, ...BRIEFLY }
  return { status: 301, headers: { ...headers, 'access-control-allow-origin': '*' }, body: NOTHING }
}

/** What is answered where the address is that of a picture and not of a file. */
export function servedBriefly(...args: Parameters<typeof served>): Reply<string> {
  const reply = served(...args)
  return { ...reply, headers: { ...reply.headers, ...BRIEFLY } }
}

/** What is answered to a request for a rendition (RFC 9110 sections 13 and 14). */
export function served(
  { bytes, type, etag }: Rendition,
  header: (name: string) => string | undefined,
): Reply<string> {
  const headers = { ...HEADERS, etag, 'content-type': type }
  if (isNamed(etag, header('if-none-match'))) return { status: 304, headers, body: NOTHING }
  const part = partOf(bytes.length, etag, header('range'), header('if-range'))
  if (part === 'whole') return { headers, body: bytes }
  if (part === 'none') {
    const unsatisfied = { 'content-range': `bytes */${bytes.length}` }
    return { status: 416, headers: { ...headers, ...unsatisfied }, body: NOTHING }
  }
  const { start, end } = part
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  }
}

/** Compared weakly, as RFC 9110 section 13.1.2 asks. */
function isNamed(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch
    .split(',')
    .some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*')
}

/** One range is honored; several, and what is none, are ignored, as RFC 9110 section 14.2 allows. */
function partOf(
  length: number,
  etag: string,
  range: string | undefined,
  ifRange: string | undefined,
): Part {
  const [, from, to] = /^bytes=(\d{0,10})-(\d{0,10})$/.exec(range ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole'
  if (ifRange !== undefined && ifRange !== etag) return 'whole'
  if (from === '') {
    // The last so many.
    const count = Math.min(Number(to), length)
    return count === 0 ? 'none' : { start: length - count, end: length - 1 }
  }
  const start = Number(from)
  const end = to === '' ? length - 1 : Math.min(Number(to), length - 1)
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= length ? 'none' : { start, end }
}
