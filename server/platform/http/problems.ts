import type { Refusal } from '../outcome.ts'
import type { ProblemRow, ProblemTable } from './route.ts'

/** The refusals that are no context's: of HTTP itself, of access, of the writer. */
export type PlatformCode =
  | 'auth.required'
  | 'auth.token-invalid'
  | 'auth.forbidden'
  | 'internal'
  | 'platform.unavailable'
  | 'platform.not-ready'
  | 'request.invalid'
  | 'request.key-reused'
  | 'request.key-too-long'
  | 'request.malformed'
  | 'request.method-not-allowed'
  | 'request.not-found'
  | 'request.not-json'
  | 'request.timeout'
  | 'request.too-large'
  | 'request.too-many-headers'
  | 'request.unsupported-expectation'
  | 'request.unsupported-media-type'
  | 'request.url-too-long'
  | 'tenant.unknown'

export const platformProblems: ProblemTable<PlatformCode> = {
  'auth.required': {
    status: 401,
    title: 'Sign in first',
    detail: 'This needs an access token in the Authorization header; none was sent.',
  },
  'auth.token-invalid': {
    status: 401,
    title: 'The access token is not valid',
    detail:
      'The access token is not valid here or has expired. Sign in or refresh, then try again.',
  },
  'auth.forbidden': {
    status: 403,
    title: 'You may not do this',
    detail: 'Your account does not have a role that may do this.',
  },
  internal: {
    status: 500,
    title: 'Something broke on our side',
    detail: 'This is our fault, not yours. Quote the request id when you report it.',
  },
  'platform.unavailable': {
    status: 503,
    title: 'Too busy or cut off for a moment',
    detail: 'Try again in {retryAfterSeconds} s with the same key; nothing is done twice.',
  },
  'platform.not-ready': {
    status: 503,
    title: 'This process takes no traffic now',
    detail: 'Not ready: {failing}.',
  },
  'request.invalid': {
    status: 422,
    title: 'The request does not have the expected form',
    detail: 'Each entry of errors says where and why.',
  },
  'request.key-reused': {
    status: 422,
    title: 'This idempotency key was used for another request',
    detail:
      'The key belongs to a request with another path or body. Make a new key for a new request.',
  },
  'request.key-too-long': {
    status: 422,
    title: 'The idempotency key is too long',
    detail: 'An idempotency key has at most 255 characters; this one has {length}.',
  },
  'request.malformed': {
    status: 400,
    title: 'This is not well-formed HTTP',
    detail: 'The request could not be understood: {reason}.',
  },
  'request.method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    detail: 'This address takes {allowed}, not {method}.',
  },
  'request.not-found': {
    status: 404,
    title: 'There is nothing at this address',
    detail: 'There is nothing at this address. /docs lists what is here.',
  },
  'request.not-json': {
    status: 400,
    title: 'The body is not JSON',
    detail: 'The body could not be read as JSON: {reason}.',
  },
  'request.timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    detail: 'The request took too long to arrive.',
  },
  'request.too-large': {
    status: 413,
    title: 'The body is too large',
    detail: 'A body has at most {limitBytes} bytes.',
  },
  'request.too-many-headers': {
    status: 431,
    title: 'Too many headers, or too large ones',
    detail: 'A request has at most 100 headers of 16 kB in all.',
  },
  'request.unsupported-expectation': {
    status: 417,
    title: 'That expectation cannot be met',
    detail: 'Only "Expect: 100-continue" is understood.',
  },
  'request.unsupported-media-type': {
    status: 415,
    title: 'Bodies are JSON here',
    detail: 'Send the body as application/json, in UTF-8, without compression.',
  },
  'request.url-too-long': {
    status: 414,
    title: 'The address is too long',
    detail: 'An address has at most 8,192 bytes.',
  },
  'tenant.unknown': {
    status: 404,
    title: 'There is no shop at this address',
    detail: 'No shop of this deployment answers to the host name {host}.',
  },
}

/** A problem document (RFC 9457); facts of the refusal stand beside the standard members. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: string
  readonly [fact: string]: unknown
}

/** Everything that can be refused, by code. */
export interface ProblemBook {
  readonly codes: ReadonlyMap<string, ProblemRow>
  /** The address of a code's page: absolute when the deployment knows its own. */
  typeOf(code: string): string
  /** Throws for a code without a row: that is a bug of the context, not of the caller. */
  problem(refusal: Refusal, requestId: string): Problem
}

/** Joins the tables. Throws when two of them claim one code. */
export function problemBook(
  tables: readonly { readonly name: string; readonly problems: ProblemTable }[],
  publicUrl: string | undefined,
): ProblemBook {
  const codes = new Map<string, ProblemRow>(Object.entries(platformProblems))
  for (const table of tables) {
    for (const [code, row] of Object.entries(table.problems)) {
      if (codes.has(code)) throw new Error(`${table.name}: the problem ${code} is already defined`)
      codes.set(code, row)
    }
  }

  const base = publicUrl === undefined ? '' : publicUrl.replace(/\/+$/, '')
  const typeOf = (code: string): string => `${base}/problems/${code}`

  return {
    codes,
    typeOf,
    problem(refusal, requestId) {
      const row = codes.get(refusal.code)
      if (row === undefined) throw new Error(`no problem table knows ${refusal.code}`)
      const { code, ...facts } = refusal
      // The facts come first, so that none of them can pass itself off as a standard member.
      return {
        ...facts,
        type: typeOf(code),
        title: row.title,
        status: row.status,
        detail: sentence(row, facts),
        instance: `/traces/${requestId}`,
        code,
      }
    },
  }
}

/** The row's sentence with the facts put in; a fact that is missing leaves the title alone. */
export function sentence(row: ProblemRow, facts: Readonly<Record<string, unknown>>): string {
  if (row.detail !== undefined) {
    let complete = true
    const filled = row.detail.replace(/\{(\w+)\}/g, (_whole, name: string) => {
      const fact = facts[name]
      if (fact === undefined) complete = false
      return said(fact)
    })
    return complete ? filled : `${row.title}.`
  }
  const named = Object.entries(facts).map(([name, fact]) => `${name} ${said(fact)}`)
  return named.length === 0 ? `${row.title}.` : `${row.title}: ${named.join(', ')}.`
}

function said(fact: unknown): string {
  if (typeof fact === 'string') return fact
  if (Array.isArray(fact)) return fact.map(said).join(', ')
  return JSON.stringify(fact) ?? ''
}
