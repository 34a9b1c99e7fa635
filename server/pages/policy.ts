import { hash } from 'node:crypto'

/** Scripts that stand in the page: those with a source, and data (JSON-LD), are none. */
const INLINE =
  /<script(?![^>]*\bsrc=)(?![^>]*\btype="application\/(?:ld\+)?json")[^>]*>([\s\S]*?)<\/script>/g

/**
 * What a page may do (CSP 3): run our files and the scripts that stand in it by their hashes, which hold
 * for a page that is kept and given to many as no nonce would.
 */
export function policyOf(html: string): string {
  const hashes = new Set<string>()
  for (const [, script = ''] of html.matchAll(INLINE)) {
    hashes.add(`'sha256-${hash('sha256', script, 'base64')}'`)
  }
  return [
    "default-src 'none'",
    `script-src 'self' ${[...hashes].join(' ')}`.trimEnd(),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
