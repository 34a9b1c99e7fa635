import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Answer, ChargeRequest, RefundRequest } from './charges.ts'

/** 16 kB is far above any request of this API. */
const BODY_LIMIT = 16_384

/** The ways to pay. All but `card` are there to be tried: what each does stands in `server.ts`. */
export const METHODS: readonly string[] = ['card', 'card-declined', 'card-redirect', 'card-slow']

export function isChargeRequest(body: unknown): body is ChargeRequest {
  if (typeof body !== 'object' || body === null) return false
  const { amount, currency, reference, method, returnTo, notify } = body as Record<string, unknown>
  return (
    isAmount(amount) &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency) &&
    typeof reference === 'string' &&
    reference.length > 0 &&
    reference.length <= 200 &&
    (method === undefined || (typeof method === 'string' && METHODS.includes(method))) &&
    (returnTo === undefined || isWebAddress(returnTo)) &&
    (notify === undefined || isWebAddress(notify))
  )
}

export function isRefundRequest(body: unknown): body is RefundRequest {
  if (typeof body !== 'object' || body === null) return false
  const { amount, charge } = body as Record<string, unknown>
  return isAmount(amount) && typeof charge === 'string'
}

function isAmount(amount: unknown): boolean {
  return Number.isSafeInteger(amount) && (amount as number) > 0
}

/** Only these: an address that begins `javascript:` must never become a link of the page. */
function isWebAddress(given: unknown): boolean {
  if (typeof given !== 'string' || given.length > 2000 || !URL.canParse(given)) return false
  return ['http:', 'https:'].includes(new URL(given).protocol)
}

/** The body as JSON; undefined when it is none or too long. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is not a request of this API; the caller is told which fields it wants.
    return undefined
  }
}

/** The body; undefined when it is too long. */
export function readText(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, fail) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      if (text.length <= BODY_LIMIT) text += part
    })
    request.on('error', fail)
    request.on('end', () => resolve(text.length > BODY_LIMIT ? undefined : text))
  })
}

export function answer<T>(response: ServerResponse, status: number, outcome: Answer<T>): void {
  if ('value' in outcome) return send(response, status, outcome.value)
  const { rejection } = outcome
  return reject(response, rejection.status, rejection.code, rejection.message)
}

export function invalid(response: ServerResponse, fields: string): void {
  reject(response, 422, 'invalid_request', `Check: ${fields}.`)
}

export function reject(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  send(response, status, { error: { code, message } })
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
