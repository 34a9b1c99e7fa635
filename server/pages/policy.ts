import { hash } from 'node:crypto'

/** Those with a source, and data (JSON, JSON-LD), do not run where they stand. */
const ELSEWHERE = / src=| type="application\/(?:ld\+)?json"/

/**
 * What a page may do (CSP 3): run our files and the scripts that stand in it by their hashes, which hold
 * for a page that is kept and given to many as no nonce would.
 */
export function policyOf(html: string): string {
  const hashes = new Set<string>()
  for (const script of scriptsIn(html)) hashes.add(`'sha256-${hash('sha256', script, 'base64')}'`)
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

/** The scripts that stand in a page. */
function* scriptsIn(html: string): Generator<string> {
  for (let at = html.indexOf('<script'); at !== -1; at = html.indexOf('<script', at)) {
    const begin = html.indexOf('>', at) + 1
    const end = html.indexOf('</script>', begin)
    if (end === -1) return
    if (!ELSEWHERE.test(html.slice(at, begin))) yield html.slice(begin, end)
    at = end
  }
}
