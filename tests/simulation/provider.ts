/**
 * The payment provider of the simulation: the books of the test provider behind the port that
 * payments asks. What is lost on the way, heard twice or late is decided by whoever calls.
 */
import { foundCharge, newsOf } from '../../server/contexts/payments/adapters/http-messages.ts'
import type {
  Charged,
  PaymentProvider,
  ProviderRefusal,
} from '../../server/contexts/payments/provider.ts'
import type { Instant } from '../../server/platform/clock.ts'
import { accept, refuse, type Outcome } from '../../server/platform/outcome.ts'
import {
  type Answer,
  ChargeBook,
  type Beginning,
  type Charge,
  type News,
} from '../../server/test-provider/charges.ts'

export const METHODS = ['card', 'card-declined', 'card-redirect', 'card-slow'] as const
export type Method = (typeof METHODS)[number]

/** How long a charge of `card-slow` is on its way. */
const SLOW_MS = 20_000

export interface ProviderWorld {
  readonly now: () => Instant
  readonly newId: () => string
  /** News of a charge or refund is to be delivered. */
  readonly tell: (news: News) => void
  readonly later: (ms: number, work: () => void) => void
}

const BEGINNINGS: Readonly<Record<string, Beginning>> = {
  'card-declined': { status: 'declined', reason: 'card_declined' },
  'card-redirect': { status: 'action-needed' },
  'card-slow': { status: 'pending' },
}

const AWAY: ProviderRefusal = { code: 'payments.provider-down', retryAfterSeconds: 10 }

export interface SimulatedProvider {
  readonly book: ChargeBook
  /** As a process asks it when nothing goes wrong on the way. */
  readonly port: PaymentProvider
}

export function openSimulatedProvider({
  now,
  newId,
  tell,
  later,
}: ProviderWorld): SimulatedProvider {
  const book = new ChargeBook({
    limit: 10_000,
    journal: () => undefined,
    newId,
    now,
    urlOf: (id) => `https://provider.test/pay/${id}`,
    tell,
  })
  const port: PaymentProvider = {
    name: 'test',
    methods: METHODS,
    tokenMethods: [],
    findsAfterSeconds: 0,
    async charge({ key, amount, reference, method }) {
      const said = book.charge(
        key,
        { amount: amount.amount, currency: amount.currency, reference, method },
        BEGINNINGS[method] ?? { status: 'succeeded' },
      )
      if ('value' in said && said.value.status === 'pending') {
        const { id } = said.value
        later(SLOW_MS, () => void book.end(id, 'succeeded'))
      }
      return charged(said)
    },
    close: async ({ transactionId }) => charged(book.end(transactionId, 'declined', 'closed')),
    async refund({ key, transactionId, amount }) {
      const said = book.refund(key, { charge: transactionId, amount: amount.amount })
      if ('value' in said) return accept({ status: 'succeeded', transactionId: said.value.id })
      return refuse({ code: 'payments.declined', reason: said.rejection.code } as const)
    },
    async find(reference) {
      const said = book.list({ reference, limit: 100 })
      if ('rejection' in said) return refuse(AWAY)
      return accept(said.value.items.flatMap((charge) => foundCharge(charge) ?? []))
    },
    readWebhook: ({ headers, rawBody }) => newsOf(String(headers['webhook-id']), rawBody),
  }
  return { book, port }
}

/** A delivery as it is sent. */
export function bodyOf({ type, createdAt, charge, refund }: News): Buffer {
  const data = refund === undefined ? { charge } : { charge, refund }
  return Buffer.from(JSON.stringify({ type, createdAt, data }))
}

function charged(said: Answer<Charge>): Outcome<Charged, ProviderRefusal> {
  if ('rejection' in said) return refuse(AWAY)
  const { id: transactionId, status, reason, url } = said.value
  if (status === 'declined')
    return refuse({ code: 'payments.declined', reason: reason ?? 'declined' })
  if (status === 'action-needed') return accept({ status, transactionId, url: url ?? '' })
  return accept({ status, transactionId })
}
