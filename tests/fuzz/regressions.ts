/** What the fuzzer has found, word for word: each was once answered otherwise. */
import type { Who } from './generate.ts'

export interface Regression {
  /** What was wrong. */
  readonly once: string
  readonly as?: Exclude<Who, 'guest' | 'someone'>
  /** As it is sent, but for the lines of its host and of its token. */
  readonly request: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Status, and the code of the problem. */
  readonly expected: string
}

export const REGRESSIONS: readonly Regression[] = [
  {
    once: 'a place in a list whose id was 36 dashes and digits reached PostgreSQL: 500',
    as: 'admin',
    request: 'GET /api/v1/checkouts?after=0.0a0--0a000a-00aaa-00-0a0--aaa-aa0a-0 HTTP/1.1',
    expected: '422 request.invalid',
  },
  {
    once: 'so did one of a list that begins at some state',
    as: 'admin',
    request: `GET /api/v1/checkouts?state=done&after=1.${'-'.repeat(36)} HTTP/1.1`,
    expected: '422 request.invalid',
  },
  {
    once: 'an expectation that cannot be met was refused without `nosniff`',
    request: 'POST /api/v1/carts HTTP/1.1',
    headers: { expect: '200-ok' },
    expected: '417 request.unsupported-expectation',
  },
  {
    once: 'a wish for a tunnel was hung up on',
    request: 'CONNECT /api/v1/users/me/email/verification HTTP/1.1',
    expected: '400 request.malformed',
  },
  {
    once: 'an address was asked by QUERY without a content type, and that was our fault: 500',
    request: 'QUERY /api/v1/shop HTTP/1.1',
    expected: '405 request.method-not-allowed',
  },
  {
    once: 'so it was at an address where nothing is',
    request: 'QUERY /api/v1/nowhere HTTP/1.1',
    expected: '415 request.unsupported-media-type',
  },
  {
    once: 'what no form says was taken for one by the pages, and that was our fault: 500',
    request: 'POST /../../etc/passwd HTTP/1.1',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    expected: '404 request.not-found',
  },
]
