/** What a browser says of where a request comes from; no script can write these headers. */
export interface Provenance {
  readonly method: string
  readonly host: string
  readonly origin?: string | undefined
  readonly fetchSite?: string | undefined
}

/**
 * Whether a page elsewhere sent this form: every browser says so by `Sec-Fetch-Site` or `Origin`. The
 * cookie's `SameSite` is not enough: shops under one domain are one site, and signing somebody in as
 * somebody else needs no cookie. Programs that say neither carry no cookie that they did not take along
 * themselves.
 */
export function isForged({ method, host, origin, fetchSite }: Provenance): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  // Where it is sent it is the whole truth; an origin may be hidden by a policy (`null`).
  if (fetchSite !== undefined) return fetchSite !== 'same-origin' && fetchSite !== 'none'
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
