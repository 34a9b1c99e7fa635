import { Client } from '@opensearch-project/opensearch'
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  type IPolicy,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'

/** The server did not answer, or not with what was asked for; nobody knows what the shop has by it. */
export class EngineAway extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineAway'
  }
}

/** The server is there and does not have all of the shop yet; that is how every shop begins. */
export class NotYet extends EngineAway {
  constructor() {
    super('the shop is still being written to OpenSearch')
    this.name = 'NotYet'
  }
}

export type Json = Readonly<Record<string, unknown>>

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: Json
  /** Instead of a body: JSON, one a line. */
  readonly lines?: readonly Json[]
  /** Answers that are no failure, beside success. */
  readonly expected?: readonly number[]
  /** Nobody waits for it: it may take 15 s instead of 1.5. */
  readonly isSlow?: true
}

export interface Called {
  readonly status: number
  readonly body: Json
}

/** Calls of one OpenSearch server or cluster. Throws `EngineAway`, and nothing else. */
export interface Calls {
  call(call: Call): Promise<Called>
  /** The name of an index of this deployment. */
  index(name: string): string
}

/** Calls under way at once, and how many may wait for a place. */
const MOST_CALLS = 64
const MOST_WAITING = 256

/** A shopper waits for it; the built-in engine answers instead. */
const TIMEOUT_MS = 1500
const SLOW_TIMEOUT_MS = 15_000

export interface CallsOptions {
  /** `https://user:password@search.example:9200/prefix`; the prefix of the indices is `torg` without one. */
  readonly url: string
  readonly timeoutMs?: number
  /** How long the server is left alone after five failures in a row. */
  readonly restMs?: number
}

/** One cap on concurrency for everything that is asked of the server, a time-out and a breaker for each kind. */
export function openCalls({ url, timeoutMs = TIMEOUT_MS, restMs = 10_000 }: CallsOptions): Calls {
  const { origin, username, password, pathname } = new URL(url)
  const prefix = pathname.replaceAll('/', '') || 'torg'
  const client = new Client({
    node: origin,
    ...(username === ''
      ? {}
      : {
          auth: {
            username: decodeURIComponent(username),
            password: decodeURIComponent(password),
          },
        }),
    // A search that failed is answered by the built-in engine, not asked twice.
    maxRetries: 0,
    requestTimeout: SLOW_TIMEOUT_MS,
  })
  const places = bulkhead(MOST_CALLS, MOST_WAITING)
  const within = (ms: number): IPolicy =>
    wrap(
      places,
      circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(5) }),
      timeout(ms, TimeoutStrategy.Aggressive),
    )
  // Each has a breaker of its own: marks that are read in no time do not hide that searches fail.
  const policies = {
    search: within(timeoutMs),
    mark: within(timeoutMs),
    write: within(SLOW_TIMEOUT_MS),
  }

  async function ask(call: Call, signal: AbortSignal): Promise<Called> {
    const { method, path, query = {}, body, lines, expected = [] } = call
    const asked = client.transport.request(
      {
        method,
        path,
        querystring: query,
        ...(body === undefined ? {} : { body }),
        ...(lines === undefined ? {} : { bulkBody: [...lines] }),
      },
      { ignore: [...expected] },
    )
    // What `abort` returns is no answer: an event's listener must not hand it on.
    const hangUp = (): void => {
      asked.abort()
    }
    signal.addEventListener('abort', hangUp, { once: true })
    try {
      const { statusCode, body: said } = await asked
      return { status: statusCode ?? 0, body: whole(said as Json) }
    } finally {
      signal.removeEventListener('abort', hangUp)
    }
  }

  return {
    index: (name) => `${prefix}-search-${name}-1`,
    async call(call) {
      try {
        const kind = call.isSlow === true ? 'write' : call.method === 'POST' ? 'search' : 'mark'
        return await policies[kind].execute(({ signal }) => ask(call, signal))
      } catch (error) {
        throw new EngineAway(`${call.method} ${call.path} failed`, { cause: error })
      }
    },
  }
}

/** What only some shards answered is no answer: products would be missing. */
export function whole(body: Json): Json {
  if (typeof body !== 'object' || body === null)
    throw new EngineAway('the answer is no JSON object')
  const shards = body['_shards'] as { readonly failed?: number } | undefined
  if (body['timed_out'] === true || (shards?.failed ?? 0) > 0) {
    throw new EngineAway('a part of the answer is missing')
  }
  return body
}
