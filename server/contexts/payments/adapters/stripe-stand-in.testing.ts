/**
 * Stripe as far as the adapter needs it, after its documents: form-encoded requests, a bearer key,
 * the first answer under an idempotency key given again (a 500 included, a request that is not valid
 * excluded), another request under a used key refused, the life of a PaymentIntent, refunds up to
 * what is left, search by metadata, signed events. Its cards are Stripe's own test cards.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { WebhookDelivery } from '../provider.ts'

/** What a call meets: nothing is done; it is done, but the answer is a 500, or none at all. */
export type Fault = 'fails-before' | 'fails-after' | 'loses-answer'

interface Intent {
  readonly id: string
  readonly object: 'payment_intent'
  readonly amount: number
  readonly currency: string
  readonly created: number
  readonly metadata: Readonly<Record<string, string>>
  status: string
  next_action: null | { type: 'redirect_to_url'; redirect_to_url: { url: string } }
  last_payment_error: null | { type: 'card_error'; code: string; decline_code?: string }
  cancellation_reason: string | null
}

interface Refund {
  readonly id: string
  readonly object: 'refund'
  readonly payment_intent: string
  readonly amount: number
  readonly currency: string
  readonly created: number
  readonly metadata: Readonly<Record<string, string>>
  readonly status: 'succeeded'
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

type Form = Readonly<Record<string, string>>

const DECLINES: Readonly<Record<string, string>> = {
  pm_card_chargeDeclined: 'generic_decline',
  pm_card_chargeDeclinedInsufficientFunds: 'insufficient_funds',
}

/** Least amount of a charge, in minor units. */
const LEAST = 50

export class StripeStandIn implements AsyncDisposable {
  readonly secretKey = 'sk_test_stand_in'
  readonly webhookSecret = 'whsec_stand_in'
  readonly deliveries: WebhookDelivery[] = []
  /** What every call meets from now on. */
  fault: Fault | undefined
  calls = 0
  readonly #intents = new Map<string, Intent>()
  readonly #refunds: Refund[] = []
  readonly #answers = new Map<string, { readonly request: string; readonly answer: Answer }>()
  readonly #server = createServer((request, response) => {
    void this.#handle(request).then((answer) => {
      if (answer === undefined) return response.destroy()
      const headers = { 'content-type': 'application/json', ...answer.headers }
      return response.writeHead(answer.status, headers).end(JSON.stringify(answer.body))
    })
  })

  static async open(): Promise<StripeStandIn> {
    const standIn = new StripeStandIn()
    standIn.#server.listen(0, '127.0.0.1')
    await once(standIn.#server, 'listening')
    return standIn
  }

  get at(): { host: string; port: number; protocol: 'http' } {
    const { port } = this.#server.address() as AddressInfo
    return { host: '127.0.0.1', port, protocol: 'http' }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await Promise.resolve()
  }

  /** What the buyer does on the page of a charge. */
  decide(intentId: string, decision: 'approve' | 'decline'): void {
    const intent = this.#intents.get(intentId)
    if (intent?.status !== 'requires_action') throw new Error('nobody is asked')
    intent.next_action = null
    if (decision === 'approve') {
      intent.status = 'succeeded'
      this.#tell('payment_intent.succeeded', intent)
    } else {
      intent.status = 'requires_payment_method'
      intent.last_payment_error = {
        type: 'card_error',
        code: 'payment_intent_authentication_failure',
      }
      this.#tell('payment_intent.payment_failed', intent)
    }
  }

  /** The amounts of every intent of a payment, taken or not. */
  intentsOf(reference: string): number[] {
    return [...this.#intents.values()]
      .filter(({ metadata }) => metadata['reference'] === reference)
      .map(({ amount }) => amount)
  }

  /** An event as it would be delivered now. */
  sign(body: string, { secret = this.webhookSecret, at = Date.now() } = {}): WebhookDelivery {
    const timestamp = Math.floor(at / 1000)
    const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    return {
      headers: { 'stripe-signature': `t=${timestamp},v1=${hmac}` },
      rawBody: Buffer.from(body),
      receivedAt: at,
    }
  }

  #tell(type: string, object: Intent | Refund): void {
    const event = {
      id: newId('evt'),
      object: 'event',
      created: seconds(),
      type,
      data: { object: { ...object } },
    }
    this.deliveries.push(this.sign(JSON.stringify(event)))
  }

  async #handle(
    request: IncomingMessage,
  ): Promise<(Answer & { readonly headers?: Record<string, string> }) | undefined> {
    this.calls += 1
    const text = await textOf(request)
    const { method = '', url = '' } = request
    if (request.headers.authorization !== `Bearer ${this.secretKey}`) {
      return problem(401, 'invalid_request_error', 'api_key_invalid')
    }
    if (this.fault === 'fails-before') return problem(500, 'api_error', 'failed')

    const key = request.headers['idempotency-key']
    const asked = `${method} ${url} ${text}`
    const earlier = typeof key === 'string' ? this.#answers.get(key) : undefined
    if (earlier !== undefined && earlier.request !== asked) {
      return problem(400, 'idempotency_error')
    }
    const lost = this.fault === 'loses-answer'
    if (earlier !== undefined) {
      return lost ? undefined : { ...earlier.answer, headers: { 'idempotent-replayed': 'true' } }
    }
    const done = this.#route(method, url, Object.fromEntries(new URLSearchParams(text)))
    const isWrite = method === 'POST'
    const answer =
      this.fault === 'fails-after' && isWrite ? problem(500, 'api_error', 'failed') : done
    // A request that is not valid was never begun; its key is free.
    const isValid = done.status !== 400 && done.status !== 404
    if (isWrite && isValid && typeof key === 'string') {
      this.#answers.set(key, { request: asked, answer })
    }
    return lost && isWrite ? undefined : answer
  }

  #route(method: string, url: string, form: Form): Answer {
    const { pathname, searchParams } = new URL(url, 'http://stripe')
    const [, , resource, id, verb] = pathname.split('/')
    if (resource === 'payment_intents') {
      if (method === 'GET' && id === 'search') return this.#search(searchParams.get('query') ?? '')
      if (method === 'POST' && id === undefined) return this.#create(form)
      if (method === 'GET' && id === undefined) return this.#list(searchParams, 'payment_intents')
      const intent = this.#intents.get(id ?? '')
      if (intent === undefined) return problem(404, 'invalid_request_error', 'resource_missing')
      if (method === 'GET') return ok(intent)
      if (method === 'POST' && verb === 'cancel') return this.#cancel(intent)
    }
    if (resource === 'refunds' && method === 'GET') {
      const of = searchParams.get('payment_intent')
      if (of === null) return this.#list(searchParams, 'refunds')
      if (!this.#intents.has(of)) return problem(404, 'invalid_request_error', 'resource_missing')
      return ok({
        object: 'list',
        url: '/v1/refunds',
        has_more: false,
        data: this.#refunds.filter((each) => each.payment_intent === of).toReversed(),
      })
    }
    if (resource === 'refunds' && method === 'POST') return this.#refund(form)
    return problem(404, 'invalid_request_error', 'url_invalid')
  }

  #create(form: Form): Answer {
    const amount = Number(form['amount'])
    const token = form['payment_method']
    const type = form['payment_method_data[type]']
    if (amount < LEAST) return problem(400, 'invalid_request_error', 'amount_too_small', 'amount')
    if (token !== undefined && !token.startsWith('pm_card_')) {
      return problem(400, 'invalid_request_error', 'resource_missing', 'payment_method')
    }
    if (token === undefined && type === undefined) {
      return problem(400, 'invalid_request_error', 'parameter_missing', 'payment_method')
    }
    const intent: Intent = {
      id: newId('pi'),
      object: 'payment_intent',
      amount,
      currency: form['currency'] ?? '',
      created: seconds(),
      metadata: metadataOf(form),
      status: 'succeeded',
      next_action: null,
      last_payment_error: null,
      cancellation_reason: null,
    }
    this.#intents.set(intent.id, intent)

    const declineCode = DECLINES[token ?? '']
    if (declineCode !== undefined) {
      intent.status = 'requires_payment_method'
      const error = {
        type: 'card_error',
        code: 'card_declined',
        decline_code: declineCode,
      } as const
      intent.last_payment_error = error
      this.#tell('payment_intent.payment_failed', intent)
      return { status: 402, body: { error: { ...error, payment_intent: intent } } }
    }
    if (token === 'pm_card_authenticationRequired' || type !== undefined) {
      if (form['return_url'] === undefined) {
        return problem(400, 'invalid_request_error', 'parameter_missing', 'return_url')
      }
      intent.status = 'requires_action'
      const url = `https://hooks.stripe.com/redirect/${intent.id}`
      intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url } }
      return ok(intent)
    }
    this.#tell('payment_intent.succeeded', intent)
    return ok(intent)
  }

  #cancel(intent: Intent): Answer {
    if (intent.status === 'succeeded' || intent.status === 'canceled') {
      return problem(400, 'invalid_request_error', 'payment_intent_unexpected_state')
    }
    intent.status = 'canceled'
    intent.next_action = null
    this.#tell('payment_intent.canceled', intent)
    return ok(intent)
  }

  #refund(form: Form): Answer {
    const intent = this.#intents.get(form['payment_intent'] ?? '')
    if (intent === undefined) return problem(404, 'invalid_request_error', 'resource_missing')
    if (intent.status !== 'succeeded') {
      return problem(400, 'invalid_request_error', 'payment_intent_unexpected_state')
    }
    const left = intent.amount - this.#givenBackOf(intent.id)
    if (left === 0) return problem(400, 'invalid_request_error', 'charge_already_refunded')
    const amount = Number(form['amount'])
    if (amount > left) return problem(400, 'invalid_request_error', undefined, 'amount')
    const refund: Refund = {
      id: newId('re'),
      object: 'refund',
      payment_intent: intent.id,
      amount,
      currency: intent.currency,
      created: seconds(),
      metadata: metadataOf(form),
      status: 'succeeded',
    }
    this.#refunds.push(refund)
    this.#tell('refund.created', refund)
    return ok(refund)
  }

  /** Newest first, from a second on, with what is asked to be expanded. */
  #list(asked: URLSearchParams, what: 'payment_intents' | 'refunds'): Answer {
    const since = Number(asked.get('created[gte]'))
    const limit = Number(asked.get('limit') ?? 10)
    const after = asked.get('starting_after')
    const all = (
      what === 'refunds'
        ? this.#refunds.map((each) => ({
            ...each,
            payment_intent:
              asked.get('expand[0]') === 'data.payment_intent'
                ? this.#intents.get(each.payment_intent)
                : each.payment_intent,
          }))
        : [...this.#intents.values()].map((each) => ({
            ...each,
            latest_charge:
              asked.get('expand[0]') === 'data.latest_charge'
                ? { amount_refunded: this.#givenBackOf(each.id) }
                : `ch_${each.id}`,
          }))
    )
      .filter(({ created }) => created >= since)
      .toReversed()
    const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
    const data = all.slice(from, from + limit)
    return ok({ object: 'list', url: `/v1/${what}`, has_more: all.length > from + limit, data })
  }

  #givenBackOf(intentId: string): number {
    return this.#refunds
      .filter((each) => each.payment_intent === intentId)
      .reduce((total, each) => total + each.amount, 0)
  }

  #search(query: string): Answer {
    const reference = /^metadata\['reference'\]:'([^']*)'$/.exec(query)?.[1]
    if (reference === undefined) return problem(400, 'invalid_request_error', undefined, 'query')
    const data = [...this.#intents.values()].filter(
      ({ metadata }) => metadata['reference'] === reference,
    )
    const url = '/v1/payment_intents/search'
    return ok({ object: 'search_result', url, has_more: false, data: data.toReversed() })
  }
}

function ok(body: unknown): Answer {
  // What is remembered under a key is the answer of that moment.
  return { status: 200, body: structuredClone(body) }
}

function problem(status: number, type: string, code?: string, param?: string): Answer {
  return { status, body: { error: { type, code, param, message: `${type} ${code} ${param}` } } }
}

function metadataOf(form: Form): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const [, inner] = /^metadata\[(.+)\]$/.exec(name) ?? []
      return inner === undefined ? [] : [[inner, value]]
    }),
  )
}

function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}
