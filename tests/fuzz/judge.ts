/** What every answer must be, whatever was asked. */
import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import type { Json } from '../journeys/journey.ts'
import { TEST_SECRET } from '../support/database.ts'
import type { Document, Operation } from './document.ts'
import type { Heard } from './wire.ts'

/**
 * What is expected: an answer that the operation documents; a refusal; or only that whatever comes
 * is well-formed, because bytes may have become another request or none.
 */
export type Expected = 'documented' | 'refused' | 'well-formed'

/**
 * No answer may take longer (issue 4). One that is sent while it is written, such as a whole table,
 * may be silent no longer: from the request to its first byte, and from each to the next.
 */
export const SLOWEST_MS = 2_000

/** Of HTTP itself: any address may answer these, so no operation lists them. */
const ANYWHERE: ReadonlySet<string> = new Set([
  'request.malformed',
  'request.method-not-allowed',
  'request.not-found',
  'request.timeout',
  'request.too-many-headers',
  'request.unsupported-expectation',
  'request.url-too-long',
])

/** Documents that are about our insides, for people who look. */
const TALKS_OF_US = /^(tour|greet|getOpenApi|measure)$/

/** A place in our code, a statement of SQL, an error of PostgreSQL or of Node, a secret. */
const INSIDES = [
  /node_modules|\/work\/|(?:server|tests)\/[\w/-]+\.ts|\.ts:\d/,
  /\bat (?:async )?[\w.<>]+ \(/,
  /\b(?:select|insert|update|delete)\b[^"]{1,200}\b(?:from|into|set|where)\b/i,
  /violates|syntax error at|SQLSTATE|relation "|column "|(?:Type|Range|Reference|Assertion)Error/,
  /postgres(?:ql)?:\/\/|ECONN|\[object Object\]/,
] as const

/** One sentence for each thing that is wrong with an answer. */
export function faultsOf(
  heard: Heard,
  expected: Expected,
  operation: Operation | undefined,
  document: Document,
): string[] {
  const faults: string[] = []
  const { status, headers, text, ms, silentMs } = heard
  if (status === 0) return ['no answer']
  if (status === 101) return operation?.isSocket === true ? [] : ['became another protocol']
  const isStreamed = headers['transfer-encoding'] === 'chunked'
  if ((isStreamed ? silentMs : ms) > SLOWEST_MS) faults.push(`slower than ${SLOWEST_MS} ms`)
  if (status >= 500) faults.push(`answered ${status}`)
  if (expected === 'refused' && (status < 400 || status >= 500)) {
    faults.push(`answered ${status} where a refusal was due`)
  }
  if (operation === undefined || !TALKS_OF_US.test(operation.id)) faults.push(...leaks(heard))
  if (headers['x-content-type-options'] !== 'nosniff') faults.push('no nosniff')
  if (headers['cache-control'] === undefined) faults.push('no cache-control')

  const type = /^[\w/+.-]+/.exec(headers['content-type'] ?? '')?.[0]
  const parsed = type?.endsWith('json') === true ? json(text) : undefined
  if (parsed === BROKEN) return [...faults, 'answered with broken JSON']
  if (status >= 400)
    faults.push(...faultsOfProblem(status, type, parsed, heard, operation, document))
  else if (operation !== undefined && expected !== 'well-formed') {
    faults.push(...faultsOfGood(status, type, parsed, operation))
  }
  return faults
}

const BROKEN = Symbol('broken JSON')

function json(text: string): Json {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return BROKEN
  }
}

function leaks({ text, headers }: Heard): string[] {
  const said = `${text}\n${Object.entries(headers).flat().join('\n')}`
  return [
    ...INSIDES.filter((pattern) => pattern.test(said)).map(
      (pattern) => `shows our insides: ${String(pattern)}`,
    ),
    ...[TEST_SECRET, DEMO_PASSWORD]
      .filter((each) => said.includes(each))
      .map(() => 'tells a secret'),
    ...['x-powered-by', 'server'].filter((name) => name in headers).map((name) => `says ${name}`),
  ]
}

function faultsOfProblem(
  status: number,
  type: string | undefined,
  problem: Json,
  { headers, text }: Heard,
  operation: Operation | undefined,
  document: Document,
): string[] {
  // The answer to HEAD is its head.
  if (text === '' && type === 'application/problem+json') return []
  if (type !== 'application/problem+json') {
    // Outside the API a browser gets a page.
    const isPage =
      type === 'text/html' && status === 404 && operation?.path.startsWith('/api/') !== true
    return isPage ? [] : [`answered ${status} as ${type}`]
  }
  const faults: string[] = []
  const unlike = document.checkProblem(problem)
  if (unlike !== undefined) faults.push(`a problem unlike its schema: ${unlike}`)
  if (problem?.status !== status) faults.push('a problem of another status')
  if (/\{[a-z][A-Za-z]+\}|undefined/.test(sentencesOf(problem))) {
    faults.push('a problem with a hole in its sentence')
  }
  if (problem?.code === undefined || ANYWHERE.has(problem.code)) return faults
  const named = operation?.responses.get(status)?.codes ?? document.codes
  if (!named.has(problem.code)) {
    faults.push(`answered ${status} ${problem.code}, which is not documented`)
  }
  if (status === 429 && headers['retry-after'] === undefined) faults.push('429 without Retry-After')
  return faults
}

/** What a problem says, without what the caller said: a SKU may be called `{sku}`. */
function sentencesOf({ title, detail, ...facts }: Json = {}): string {
  return Object.values(facts)
    .filter((fact): fact is string => typeof fact === 'string' && fact !== '')
    .reduce((text, fact) => text.replaceAll(fact, ''), `${title} ${detail}`)
}

function faultsOfGood(
  status: number,
  type: string | undefined,
  body: Json,
  { responses }: Operation,
): string[] {
  const documented = responses.get(status)
  if (documented === undefined) return [`answered ${status}, which is not documented`]
  // Nothing is said; a 304 may repeat what the whole answer would be.
  if (documented.types.size === 0) {
    return body === undefined ? [] : [`answered ${status} with a body`]
  }
  if (type === undefined || !documented.types.has(type)) return [`answered ${status} as ${type}`]
  const unlike = documented.types.get(type)?.(body)
  return unlike === undefined ? [] : [`answered ${status} unlike its schema: ${unlike}`]
}
