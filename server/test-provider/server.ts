import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { ChargeBook, type Answer, type ChargeRequest, type RefundRequest } from './charges.ts'
import { openJournal } from './journal.ts'

export interface TestProviderOptions {
  /** 0 is any free port. */
  readonly port: number
  /** How long an answer to a charge or refund takes; the money moves when the request arrives. */
  readonly delayMs: number
  /** Charges and refunds outlive a restart in this file; without it they live in memory. */
  readonly dataFile?: string
  /** Newest charges kept in memory. */
  readonly limit: number
}

export interface TestProvider {
  readonly url: string
  close(): Promise<void>
}

/** 16 kB is far above any request of this API. */
const BODY_LIMIT = 16_384

/**
 * A payment provider that says yes, over HTTP in the manner of real ones:
 *
 * - `POST /v1/charges {amount, currency, reference}` and `POST /v1/refunds {charge, amount}`, both
 *   with a required `Idempotency-Key`: repeated, it gives the first answer; with another body, 422.
 * - `GET /v1/charges/{id}`, `GET /v1/charges?reference&after&limit` in order of arrival.
 * - Errors are `{error: {code, message}}`.
 *
 * A charge exists from the moment its request has arrived, so a client that gives up waiting has
 * still paid: that is the case a shop must get right.
 */
export async function startTestProvider(options: TestProviderOptions): Promise<TestProvider> {
  const journal = options.dataFile === undefined ? undefined : openJournal(options.dataFile)
  const book = new ChargeBook({
    limit: options.limit,
    journal: (entry) => journal?.append(entry),
    newId: () => randomUUID().replaceAll('-', ''),
    now: Date.now,
  })
  for (const entry of journal?.entries ?? []) book.replay(entry)

  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    handle(book, request, response, options.delayMs).catch(() => {
      if (!response.headersSent) reject(response, 500, 'internal', 'The provider failed.')
    })
  })
  await new Promise<void>((resolve, fail) => {
    server.once('error', fail)
    server.listen(options.port, '127.0.0.1', resolve)
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), options.delayMs + 500).unref()
      })
      journal?.close()
    },
  }
}

async function handle(
  book: ChargeBook,
  request: IncomingMessage,
  response: ServerResponse,
  delayMs: number,
): Promise<void> {
  const { method, url = '/' } = request
  const [path = '/', search = ''] = url.split('?', 2)

  if (method === 'POST' && (path === '/v1/charges' || path === '/v1/refunds')) {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || key === '' || key.length > 255) {
      return reject(response, 400, 'idempotency_key_missing', 'Send an Idempotency-Key.')
    }
    const body = await readJson(request)
    if (path === '/v1/charges') {
      if (!isChargeRequest(body)) return invalid(response, 'amount, currency, reference')
      return answerLater(response, delayMs, 201, book.charge(key, body))
    }
    if (!isRefundRequest(body)) return invalid(response, 'charge, amount')
    return answerLater(response, delayMs, 201, book.refund(key, body))
  }

  if (method === 'GET' && path === '/v1/charges') {
    const query = new URLSearchParams(search)
    const reference = query.get('reference')
    const after = query.get('after')
    const limit = Number(query.get('limit') ?? 100)
    if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) return invalid(response, 'limit')
    return answer(
      response,
      200,
      book.list({
        limit,
        ...(reference === null ? {} : { reference }),
        ...(after === null ? {} : { after }),
      }),
    )
  }

  if (method === 'GET' && path.startsWith('/v1/charges/')) {
    return answer(response, 200, book.find(path.slice('/v1/charges/'.length)))
  }

  return reject(response, 404, 'not_found', `There is no ${method} ${path} here.`)
}

function isChargeRequest(body: unknown): body is ChargeRequest {
  if (typeof body !== 'object' || body === null) return false
  const { amount, currency, reference } = body as Record<string, unknown>
  return (
    isAmount(amount) &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency) &&
    typeof reference === 'string' &&
    reference.length > 0 &&
    reference.length <= 200
  )
}

function isRefundRequest(body: unknown): body is RefundRequest {
  if (typeof body !== 'object' || body === null) return false
  const { charge, amount } = body as Record<string, unknown>
  return isAmount(amount) && typeof charge === 'string'
}

function isAmount(amount: unknown): boolean {
  return Number.isSafeInteger(amount) && (amount as number) > 0
}

/** The body as JSON; undefined when it is none or too long. */
function readJson(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, fail) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      if (text.length <= BODY_LIMIT) text += part
    })
    request.on('error', fail)
    request.on('end', () => {
      if (text.length > BODY_LIMIT) return resolve(undefined)
      try {
        resolve(JSON.parse(text))
      } catch {
        // Not JSON is not a request of this API; the caller is told which fields it wants.
        resolve(undefined)
      }
    })
  })
}

function answerLater<T>(
  response: ServerResponse,
  delayMs: number,
  status: number,
  outcome: Answer<T>,
): void {
  if (delayMs === 0) answer(response, status, outcome)
  else setTimeout(() => answer(response, status, outcome), delayMs)
}

function answer<T>(response: ServerResponse, status: number, outcome: Answer<T>): void {
  if ('value' in outcome) return send(response, status, outcome.value)
  const { rejection } = outcome
  return reject(response, rejection.status, rejection.code, rejection.message)
}

function invalid(response: ServerResponse, fields: string): void {
  reject(response, 422, 'invalid_request', `Check: ${fields}.`)
}

function reject(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, { error: { code, message } })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
