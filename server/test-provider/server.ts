import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { ChargeBook, type Answer, type Beginning, type Charge, type Refund } from './charges.ts'
import { Dice, NO_FAULTS, readFaults, type Faults } from './faults.ts'
import { openJournal } from './journal.ts'
import { leavePage, showNoPage, showPage } from './page.ts'
import {
  answer,
  invalid,
  isChargeRequest,
  isRefundRequest,
  readJson,
  readText,
  reject,
  send,
} from './requests.ts'
import { Deliveries } from './webhooks.ts'

export interface TestProviderOptions {
  /** 0 is any free port. */
  readonly port: number
  /** How long an answer to a charge or refund takes; the money moves when the request arrives. */
  readonly delayMs: number
  /** What is done outlives a restart in this file; without it it lives in memory. */
  readonly dataFile?: string
  /** Newest charges kept in memory. */
  readonly limit: number
  /** When the money of a slow charge comes. */
  readonly settleMs?: number
  readonly faults?: Faults
  /** Without it nobody is told anything: news cannot be signed. */
  readonly webhookSecret?: string
  /** Where news goes whose charge says no place of its own. */
  readonly webhookUrl?: string
  readonly webhookTries?: number
}

export interface TestProvider {
  readonly url: string
  close(): Promise<void>
}

/**
 * A payment provider to try a shop with, over HTTP in the manner of real ones:
 *
 * - `POST /v1/charges {amount, currency, reference, method?, returnTo?, notify?}` and
 *   `POST /v1/refunds {charge, amount}`, both with a required `Idempotency-Key`: repeated, it gives
 *   the same charge as it stands now; with another body, 422. A decline is 402.
 * - `method` is `card` (says yes), `card-declined` (says no), `card-redirect` (the buyer decides on
 *   the page at `url`), `card-slow` (`pending`; the money comes later).
 * - `POST /v1/charges/{id}/close` ends a charge that is still open.
 * - `GET /v1/charges/{id}`, `GET /v1/charges?reference&since&after&limit` and
 *   `GET /v1/refunds?since&after&limit` in order of arrival.
 * - `GET` and `PUT /v1/faults`: what goes wrong from now on (`faults.ts`).
 * - News of charges that end and of refunds is delivered to `notify`, signed as Standard Webhooks.
 * - Errors are `{error: {code, message}}`.
 *
 * A charge exists from the moment its request has arrived, so a client that gives up waiting has
 * still paid: that is the case a shop must get right.
 */
export async function startTestProvider(options: TestProviderOptions): Promise<TestProvider> {
  const server = createServer({ keepAliveTimeout: 65_000 })
  await new Promise<void>((resolve, fail) => {
    server.once('error', fail)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Requests that arrive from here on wait in the socket until the journal is read, in this turn.
  const provider = new Provider(options, url)
  server.on('request', (request, response) => {
    provider.handle(request, response).catch(() => {
      if (!response.headersSent) reject(response, 500, 'internal', 'The provider failed.')
    })
  })
  return {
    url,
    close: async () => {
      provider.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), options.delayMs + 500).unref()
      })
      provider.close()
    },
  }
}

class Provider {
  readonly #options: TestProviderOptions
  readonly #book: ChargeBook
  readonly #deliveries: Deliveries | undefined
  readonly #journal: ReturnType<typeof openJournal> | undefined
  readonly #settling = new Set<NodeJS.Timeout>()
  #faults: Faults
  #dice: Dice

  constructor(options: TestProviderOptions, url: string) {
    this.#options = options
    this.#faults = options.faults ?? NO_FAULTS
    this.#dice = new Dice(this.#faults.seed)
    const journal = options.dataFile === undefined ? undefined : openJournal(options.dataFile)
    this.#journal = journal
    this.#deliveries = this.#openDeliveries()
    const { limit } = options
    this.#book = new ChargeBook({
      limit,
      journal: (entry) => journal?.append(entry),
      newId: () => randomUUID().replaceAll('-', ''),
      now: Date.now,
      urlOf: (id) => `${url}/pay/${id}`,
      ...(this.#deliveries === undefined ? {} : { tell: (news) => this.#deliveries?.tell(news) }),
    })
    for (const entry of journal?.entries ?? []) this.#book.replay(entry)
    for (const news of this.#book.untold()) this.#deliveries?.tell(news)
    for (const charge of this.#book.pending()) this.#settleLater(charge)
  }

  /** Starts nothing new; requests that are here are still answered. */
  stop(): void {
    this.#deliveries?.close()
    for (const timer of this.#settling) clearTimeout(timer)
  }

  close(): void {
    this.#journal?.close()
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request
    const [path = '/', search = ''] = url.split('?', 2)
    const [, id = '', verb] = /^\/(?:v1\/charges|pay)\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
    const isPage = path.startsWith('/pay/')

    if (method === 'POST' && (path === '/v1/charges' || path === '/v1/refunds')) {
      return this.#move(request, response, path)
    }
    if (method === 'POST' && verb === 'close' && !isPage) {
      await readText(request)
      return this.#answer(response, 200, () => this.#book.end(id, 'declined', 'closed'))
    }
    if (method === 'GET' && path === '/v1/charges') return this.#list(response, search)
    if (method === 'GET' && path === '/v1/refunds') return this.#listRefunds(response, search)
    if (method === 'GET' && id !== '' && verb === undefined && !isPage) {
      return answer(response, 200, this.#book.find(id))
    }
    if (isPage && id !== '' && (method === 'GET' || method === 'POST')) {
      return this.#page(request, response, id)
    }
    if (path === '/v1/faults' && method === 'GET') return send(response, 200, this.#faults)
    if (path === '/v1/faults' && method === 'PUT') {
      const faults = readFaults(await readJson(request))
      if (faults === undefined) return invalid(response, Object.keys(NO_FAULTS).join(', '))
      this.#faults = faults
      this.#dice = new Dice(faults.seed)
      return send(response, 200, faults)
    }
    return reject(response, 404, 'not_found', `There is no ${method} ${path} here.`)
  }

  /** Charges and refunds: what is done under a key. */
  async #move(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || key === '' || key.length > 255) {
      return reject(response, 400, 'idempotency_key_missing', 'Send an Idempotency-Key.')
    }
    const body = await readJson(request)
    if (path === '/v1/charges') {
      if (!isChargeRequest(body)) return invalid(response, 'amount, currency, reference, method')
      return this.#answer(response, 201, () => {
        const charged = this.#book.charge(key, body, beginningOf(body.method))
        if ('value' in charged && charged.value.status === 'pending') {
          this.#settleLater(charged.value)
        }
        return charged
      })
    }
    if (!isRefundRequest(body)) return invalid(response, 'charge, amount')
    return this.#answer(response, 201, () => {
      const isRefused = this.#dice.falls(this.#faults.refusesRefunds)
      return this.#book.refund(key, body, isRefused ? 'refund_refused' : undefined)
    })
  }

  /** Does it and answers, or does one of the two badly. */
  async #answer(
    response: ServerResponse,
    status: number,
    act: () => Answer<Charge | Refund>,
  ): Promise<void> {
    const { failsBefore, failsAfterCharging, losesAnswer, slowMs } = this.#faults
    const { hangsBefore, hangsAfterCharging } = this.#faults
    if (this.#dice.falls(hangsBefore)) return
    if (this.#dice.falls(failsBefore)) {
      return reject(response, 500, 'internal', 'The provider failed before it did anything.')
    }
    const done = act()
    const isLost = this.#dice.falls(losesAnswer)
    const isFailed = this.#dice.falls(failsAfterCharging)
    if (this.#dice.falls(hangsAfterCharging)) return
    const delay = this.#options.delayMs + (slowMs === 0 ? 0 : this.#dice.roll() * slowMs)
    if (delay > 0) await sleep(delay)
    if (isLost) {
      response.destroy()
      return
    }
    if (isFailed) return reject(response, 500, 'internal', 'The provider failed.')
    if (status === 201 && 'value' in done && done.value.status === 'declined') {
      const error = { code: done.value.reason ?? 'declined', message: 'The provider says no.' }
      return send(response, 402, { error, declined: done.value })
    }
    return answer(response, status, done)
  }

  #list(response: ServerResponse, search: string): void {
    if (this.#dice.falls(this.#faults.hangsBefore)) return
    const query = new URLSearchParams(search)
    const reference = query.get('reference')
    const asked = pageOf(query)
    if (asked === undefined) return invalid(response, 'limit, since')
    const options = { ...asked, ...(reference === null ? {} : { reference }) }
    return answer(response, 200, this.#book.list(options))
  }

  #listRefunds(response: ServerResponse, search: string): void {
    const asked = pageOf(new URLSearchParams(search))
    if (asked === undefined) return invalid(response, 'limit, since')
    return send(response, 200, this.#book.listRefunds(asked))
  }

  async #page(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const found = this.#book.find(id)
    if ('rejection' in found) return showNoPage(response)
    if (request.method === 'GET') return showPage(response, found.value)
    const decision = new URLSearchParams(await readText(request)).get('decision')
    if (decision !== 'approve' && decision !== 'decline') return showPage(response, found.value)
    const [status, reason] =
      decision === 'approve'
        ? (['succeeded', undefined] as const)
        : (['declined', 'declined_by_buyer'] as const)
    // A charge whose money is on its way is not for the buyer to decide any more.
    if (found.value.status === 'action-needed') this.#book.end(id, status, reason)
    return leavePage(response, found.value)
  }

  #settleLater({ id, createdAt }: Charge): void {
    const { settleMs = 5000 } = this.#options
    const timer = setTimeout(
      () => {
        this.#settling.delete(timer)
        this.#book.end(id, 'succeeded')
      },
      Math.max(0, Date.parse(createdAt) + settleMs - Date.now()),
    )
    this.#settling.add(timer)
  }

  #openDeliveries(): Deliveries | undefined {
    const { webhookSecret: secret, webhookUrl: url, webhookTries: tries = 12 } = this.#options
    if (secret === undefined) return undefined
    return new Deliveries({
      secret,
      tries,
      ...(url === undefined ? {} : { url }),
      done: (id) => this.#book.told(id),
      faults: () => this.#faults.webhooks,
      dice: () => this.#dice,
    })
  }
}

/** Which page is asked for; undefined when the question is none. */
function pageOf(
  query: URLSearchParams,
): { limit: number; since?: string; after?: string } | undefined {
  const [since, after] = [query.get('since'), query.get('after')]
  const limit = Number(query.get('limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) return undefined
  const from = since === null ? undefined : new Date(since)
  if (from !== undefined && Number.isNaN(from.getTime())) return undefined
  return {
    limit,
    ...(from === undefined ? {} : { since: from.toISOString() }),
    ...(after === null ? {} : { after }),
  }
}

function beginningOf(method: string | undefined): Beginning {
  switch (method) {
    case 'card-declined':
      return { status: 'declined', reason: 'card_declined' }
    case 'card-redirect':
      return { status: 'action-needed' }
    case 'card-slow':
      return { status: 'pending' }
    default:
      return { status: 'succeeded' }
  }
}
