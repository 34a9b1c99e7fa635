/** What the suite of providers' adapters is made of: a provider to be broken, payments, news. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Money } from '#platform/money'

import type {
  ChargeRequest,
  FoundCharge,
  Listed,
  PaymentProvider,
  ProviderBooks,
  ProviderNews,
  WebhookDelivery,
} from '../provider.ts'

/** A provider that can be broken, and whoever plays the buyer. */
export interface Rig {
  /** An adapter of its own for each test, because a breaker remembers. */
  open(): PaymentProvider & ProviderBooks
  /** An adapter whose provider is not there at all. */
  openAway(): PaymentProvider & ProviderBooks
  readonly yes: Pick<ChargeRequest, 'method' | 'token'>
  readonly no: Pick<ChargeRequest, 'method' | 'token'>
  readonly redirect: Pick<ChargeRequest, 'method' | 'token'>
  /** What every call meets from now on. */
  fault(what: 'fails-before' | 'fails-after' | 'loses-answer' | undefined): Promise<void>
  /** The buyer decides on the provider's page. */
  decide(transactionId: string, url: string, decision: 'approve' | 'decline'): Promise<void>
  /** Every delivery so far, oldest first. */
  deliveries(): readonly WebhookDelivery[]
  /** A delivery of these words, signed with the provider's secret or another at a time. */
  sign(body: string, how?: { readonly foreign?: boolean; readonly at?: number }): WebhookDelivery
  /** Words of a type of news that nobody knows. */
  readonly unknownNews: string
}

export const UAH = (amount: number): Money => ({ amount, currency: 'UAH' })

export interface Suite {
  readonly name: string
  readonly rig: () => Promise<Rig>
}

export async function everything<T>(
  ask: (after: string | null) => Promise<Said<Listed<T>>>,
): Promise<readonly T[]> {
  const found: T[] = []
  for (let after: string | null = null; ;) {
    const { items, next }: Listed<T> = must(await ask(after))
    found.push(...items)
    if (next === null) return found
    after = next
  }
}

export const DOWN = 'payments.provider-down'
export const DECLINED = 'payments.declined'

/** A payment of its own, and an adapter that has not met a fault yet. */
export async function aPayment(rig: Rig, how: 'yes' | 'no' | 'redirect' = 'yes') {
  const provider = rig.open()
  const id = crypto.randomUUID()
  const request: ChargeRequest = {
    key: id,
    amount: UAH(100_000),
    reference: id,
    returnTo: 'http://demo.localhost/done',
    ...rig[how],
  }
  return await Promise.resolve({
    provider,
    request,
    found: async (): Promise<readonly FoundCharge[]> => must(await provider.find(id)),
  })
}

export async function newsOf(
  rig: Rig,
  provider: PaymentProvider,
  reference: string,
  count: number,
): Promise<readonly ProviderNews[]> {
  const deadline = Date.now() + 5000
  for (;;) {
    const all = rig
      .deliveries()
      .map((each) => must(provider.readWebhook(each)))
      .filter((each) => each.kind !== 'ignored' && each.reference === reference)
    if (all.length >= count) return all
    assert(Date.now() < deadline, `${all.length} of ${count} deliveries came`)
    await sleep(10)
  }
}

export type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: { readonly code: string } }

export function must<T>(said: Said<T>): T {
  assert(said.ok, JSON.stringify(said))
  return said.value
}

export function refusal(said: Said<unknown>): string {
  assert(!said.ok, JSON.stringify(said))
  return said.refusal.code
}
