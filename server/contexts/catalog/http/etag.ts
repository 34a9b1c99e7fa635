import { hash } from 'node:crypto'

import type { ProductView } from '../contract/pages.ts'

/**
 * A strong tag (RFC 9110 section 8.8.3) that begins with the product's version: it differs with
 * every byte of the answer, stock and language included, and still tells which version was seen.
 */
export function productEtag(view: ProductView, json: string): string {
  return `"${view.version}.${hash('sha1', json, 'base64url')}"`
}

/** Whether `If-None-Match` names this tag; compared weakly, as RFC 9110 section 13.1.2 asks. */
export function isNamed(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}

/**
 * The versions that `If-Match` accepts; undefined when it accepts any or was not sent. A tag that
 * is none of ours accepts no version, and so does a weak one, which RFC 9110 section 13.1.1 forbids here.
 */
export function versionsIn(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  return ifMatch.split(',').flatMap((each) => {
    const found = /^\s*"(\d{1,9})(?:\.[\w-]*)?"\s*$/.exec(each)
    return found === null ? [] : [Number(found[1])]
  })
}
