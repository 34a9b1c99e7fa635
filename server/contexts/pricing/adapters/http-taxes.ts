/**
 * Tax rates over HTTP. The protocol is one question, `POST <url>/v1/rates` with
 *
 *     { "destination": { "country": "DE", "postalCode": "10115" }, "categories": ["standard"],
 *       "at": "2026-11-21T12:00:00.000Z" }
 *
 * answered with 200 and
 *
 *     { "zone": "DE", "rates": [{ "category": "standard", "name": "VAT 19 %",
 *       "partsPerMillion": 190000 }] }
 *
 * No amount and nothing of the buyer but the postal code goes out. A time-out, a breaker and a cap on
 * concurrency stand before it; it is not asked twice, because the shop's own rates are the answer then.
 */
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { LRUCache } from 'lru-cache'

import type { Clock, Instant } from '#platform/clock'
import { accept, refuse } from '#platform/outcome'

import type { AppliedRate, RateAnswer, TaxProvider } from '../provider.ts'

export interface HttpTaxesOptions {
  /** Without a slash at its end; it may have a path. */
  readonly url: string
  readonly clock: Clock
  /** A buyer waits for this while an order is placed. */
  readonly timeoutMs?: number
  /** How long it is left alone after five failures in a row. */
  readonly restMs?: number
}

/** Calls under way at once, and how many may wait for a place. */
const MOST_CALLS = 64
const MOST_WAITING = 256

/** Rates change by the day; what was answered is good for a minute. */
const FRESH_MS = 60_000
const ANSWERS_KEPT = 5000

const MOST_BYTES = 64 * 1024
const MOST_PARTS = 1_000_000

const DOWN = { code: 'pricing.tax-provider-down' } as const

export function httpTaxes({
  url,
  clock,
  timeoutMs = 800,
  restMs = 10_000,
}: HttpTaxesOptions): TaxProvider {
  const policy = wrap(
    bulkhead(MOST_CALLS, MOST_WAITING),
    circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(5) }),
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
  )
  const kept = new LRUCache<string, { readonly asOf: Instant; readonly answer: RateAnswer }>({
    maxSize: ANSWERS_KEPT,
    sizeCalculation: () => 1,
  })

  return {
    async rates({ destination, categories, at }) {
      const question = JSON.stringify([destination, categories.toSorted()])
      const known = kept.get(question)
      const age = known === undefined ? Infinity : clock.now() - known.asOf
      if (known !== undefined && age >= 0 && age < FRESH_MS) return accept(known.answer)
      try {
        const answer = await policy.execute(async ({ signal }) => {
          const said = await fetch(`${url}/v1/rates`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ destination, categories, at: new Date(at).toISOString() }),
            redirect: 'error',
            signal,
          })
          if (said.status !== 200) throw new Error(`the tax provider answered ${said.status}`)
          return read(await textOf(said), categories)
        })
        kept.set(question, { asOf: clock.now(), answer })
        return accept(answer)
      } catch {
        // Silence, a breaker that is open and nonsense are one thing: no rate is known.
        return refuse(DOWN)
      }
    },
  }
}

/** At most so many bytes, whatever is sent. */
async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw new Error('the tax provider answered too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Throws for whatever is not what the protocol says. */
function read(text: string, categories: readonly string[]): RateAnswer {
  const { zone, rates } = JSON.parse(text) as { zone: unknown; rates: unknown }
  if (zone !== null && !isWord(zone)) throw new Error('the tax provider named no zone')
  if (!Array.isArray(rates)) throw new Error('the tax provider named no rates')
  const found = new Map<string, AppliedRate>()
  for (const given of rates as readonly unknown[]) {
    const { category, name, partsPerMillion } = given as Record<string, unknown>
    const isRate =
      Number.isInteger(partsPerMillion) &&
      (partsPerMillion as number) >= 0 &&
      (partsPerMillion as number) <= MOST_PARTS
    if (!isWord(category) || !isWord(name) || !isRate) throw new Error('this is no rate')
    // What was not asked is not believed; it would be stored with every order.
    if (!categories.includes(category)) continue
    found.set(category, { name, partsPerMillion: partsPerMillion as number })
  }
  // Own properties, whatever they are called.
  return { zone, rates: Object.fromEntries(found) }
}

/** It goes into orders for ever and onto invoices. */
function isWord(given: unknown): given is string {
  return typeof given === 'string' && /^[^\p{Cc}]{1,100}$/u.test(given)
}
