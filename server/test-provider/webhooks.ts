import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

import type { News } from './charges.ts'
import type { Dice, WebhookFaults } from './faults.ts'

export interface DeliveryOptions {
  /** Where news goes whose charge names no place of its own. */
  readonly url?: string
  /** `whsec_` and base64, or the bytes of the text itself. */
  readonly secret: string
  /** Tries of one delivery, the first included. */
  readonly tries: number
  /** The news has been taken, or is given up. */
  readonly done: (newsId: string) => void
  readonly faults: () => WebhookFaults
  readonly dice: () => Dice
}

/** One answer may take so long; 15 to 30 s is what Standard Webhooks advises. */
const TIMEOUT_MS = 15_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
const LATE_MS = 2000
/** A delivery that waits for the next one waits no longer than this. */
const SHUFFLE_MS = 2000
const MOST_AT_ONCE = 32

/**
 * Delivers news by POST, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over
 * `id.timestamp.body`. Anything but 2xx is tried again with back-off; 410 ends it at once.
 */
export class Deliveries {
  readonly #options: DeliveryOptions
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #waiting: (() => Promise<void>)[] = []
  #heldBack: (() => void)[] = []
  #underWay = 0
  #isClosed = false

  constructor(options: DeliveryOptions) {
    this.#options = options
  }

  /** Sees to it that this news is delivered; returns at once. */
  tell(news: News): void {
    const url = news.charge.notify ?? this.#options.url
    const { done } = this.#options
    const { lost, twice, late, shuffled } = this.#options.faults()
    const dice = this.#options.dice()
    if (url === undefined || dice.falls(lost)) {
      done(news.id)
      return
    }
    const send = (): void => {
      if (dice.falls(twice)) this.#queue(news, url, 'copy')
      this.#queue(news, url, 1)
    }
    const before = this.#heldBack
    this.#heldBack = []
    if (dice.falls(late)) this.#later(dice.roll() * LATE_MS, send)
    else if (dice.falls(shuffled)) this.#holdBack(send)
    else send()
    for (const each of before) each()
  }

  /** Stops sending; what is not delivered is told again after the next start. */
  close(): void {
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#waiting.length = 0
  }

  #holdBack(send: () => void): void {
    let isSent = false
    const once = (): void => {
      if (isSent) return
      isSent = true
      send()
    }
    this.#heldBack.push(once)
    this.#later(SHUFFLE_MS, once)
  }

  #later(ms: number, run: () => void): void {
    if (this.#isClosed) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms)
    this.#timers.add(timer)
  }

  #queue(news: News, url: string, attempt: number | 'copy'): void {
    if (this.#isClosed) return
    this.#waiting.push(() => this.#try(news, url, attempt))
    this.#next()
  }

  #next(): void {
    while (this.#underWay < MOST_AT_ONCE) {
      const run = this.#waiting.shift()
      if (run === undefined) return
      this.#underWay += 1
      void run().finally(() => {
        this.#underWay -= 1
        this.#next()
      })
    }
  }

  async #try(news: News, url: string, attempt: number | 'copy'): Promise<void> {
    const status = await this.#post(news, url)
    // A copy is never tried again; the delivery it is a copy of is.
    if (this.#isClosed || attempt === 'copy') return
    const { tries, done } = this.#options
    if ((status >= 200 && status < 300) || status === 410 || attempt >= tries) {
      done(news.id)
      return
    }
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
    this.#later(pause, () => this.#queue(news, url, attempt + 1))
  }

  /** The status of the answer; 0 when there was none. */
  #post({ id, type, createdAt, charge, refund }: News, url: string): Promise<number> {
    const { notify: _notify, returnTo: _returnTo, ...shown } = charge
    const data = refund === undefined ? { charge: shown } : { charge: shown, refund }
    const body = JSON.stringify({ id, type, createdAt, data })
    const timestamp = Math.floor(Date.now() / 1000)
    return post(url, body, {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature(this.#options.secret, id, timestamp, body),
    })
  }
}

/** `v1,<base64>` over `id.timestamp.body` (Standard Webhooks 1.0). */
export function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)
  const signed = `${id}.${timestamp}.${body}`
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const target = new URL(url)
    const { hostname, host, protocol } = target
    // Names below localhost are this machine (RFC 6761), whatever its resolver knows of them.
    const isHere = hostname === 'localhost' || hostname.endsWith('.localhost')
    const open = protocol === 'https:' ? httpsRequest : httpRequest
    const request = open(target, {
      method: 'POST',
      ...(isHere ? { hostname: '127.0.0.1' } : {}),
      headers: { ...headers, host, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    request.on('response', (response) => {
      response.on('error', () => resolve(0)).on('end', () => resolve(response.statusCode ?? 0))
      response.resume()
    })
    // No answer is the same as a bad one: it is tried again.
    request.on('error', () => resolve(0))
    request.end(body)
  })
}
