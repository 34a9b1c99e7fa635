import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, type Outcome } from '#platform/outcome'
import type { ListedPage, PaymentBooks, TheirCharge, TheirRefund } from '#context/payments'

import type { Accounted, AccountFor, AccountRequest } from '../contract.ts'
import type { Ports } from './ports.ts'
import { settlePayment } from './settle-payment.ts'

type Needs = Pick<Platform, 'write' | 'ids'>

/** Charges that are looked at side by side. */
const AT_ONCE = 16

/** What became of a charge or refund, and the words for people when it is theirs. */
type Found = Pick<Accounted, 'what' | 'why'>

/**
 * The account after a restore to a moment: everything that the provider has done since is compared with
 * what is known here. Money for a payment that is known is settled as any news of it would be; money for
 * one that is gone with its order goes back, or is named for people. May be made again at any time:
 * what is booked stays as it is.
 */
export function accountFor(platform: Needs, ports: Ports, books: PaymentBooks): AccountFor {
  return async (request, heard) => {
    const charges = await everyPage(
      (after) => books.charges(request.since, after),
      request,
      async (charge, tenant) =>
        heard({
          kind: 'charge',
          ...namesOf(charge),
          ...(tenant === undefined
            ? await unknownCharge(books, request, charge)
            : await knownCharge(platform, ports, tenant, charge)),
        }),
    )
    if (!charges.ok) return charges
    // After the charges, because what was paid and given back in between is booked in that order.
    return everyPage(
      (after) => books.refunds(request.since, after),
      request,
      async (refund, tenant) =>
        heard({
          kind: 'refund',
          ...namesOf(refund),
          ...(tenant === undefined
            ? { what: 'nothing' }
            : await knownRefund(ports, tenant, refund)),
        }),
    )
  }
}

function namesOf({ transactionId, reference, amount, at }: TheirCharge | TheirRefund) {
  return { transactionId, paymentId: reference, amount, at }
}

async function everyPage<T extends { readonly reference: string }>(
  ask: (after: string | null) => Promise<Outcome<ListedPage<T>>>,
  { shopsOf }: AccountRequest,
  look: (one: T, tenant: TenantId | undefined) => Promise<void>,
): Promise<Outcome<null>> {
  for (let after: string | null = null; ;) {
    const page: Outcome<ListedPage<T>> = await ask(after)
    if (!page.ok) return page
    const { items, next } = page.value
    const shops = await shopsOf(items.map(({ reference }) => reference))
    for (let from = 0; from < items.length; from += AT_ONCE) {
      const some = items.slice(from, from + AT_ONCE)
      await Promise.all(some.map((each) => look(each, shops.get(each.reference))))
    }
    if (next === null) return accept(null)
    after = next
  }
}

/** No shop has this payment: the order was placed in the time that is lost, or it is not ours. */
async function unknownCharge(
  books: PaymentBooks,
  { isGivingBack }: AccountRequest,
  charge: TheirCharge,
): Promise<Found> {
  const { status, amount, refunded } = charge
  if (status === 'declined') return { what: 'nothing' }
  if (status === 'succeeded' && refunded.amount >= amount.amount) return { what: 'given-back' }
  if (!isGivingBack) return { what: 'for-people', why: 'order-unknown' }
  if (status === 'succeeded') {
    const back = await books.giveBack(charge)
    return back.ok ? { what: 'given-back' } : { what: 'for-people', why: back.refusal.code }
  }
  const closed = await books.close(charge)
  // Closing says no when it worked, because nothing will ever be taken.
  const isClosed = !closed.ok && closed.refusal.code === 'payments.declined'
  return isClosed ? { what: 'closed' } : { what: 'for-people', why: 'still-open' }
}

async function knownCharge(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  { status, transactionId, reference: paymentId, amount }: TheirCharge,
): Promise<Found> {
  // An open one is ended by a delivery or by its timer, a declined one may be paid another way.
  if (status !== 'succeeded') return { what: 'nothing' }
  const payment = await ports.payments.see(tenant, paymentId)
  if (payment.transactionId === transactionId) return { what: 'booked' }
  if (payment.transactionId !== null) return { what: 'for-people', why: 'charged-twice' }
  const isAll =
    amount.amount === payment.amount.amount && amount.currency === payment.amount.currency
  if (!isAll) return { what: 'for-people', why: 'another-amount' }
  const { orderId } = payment
  const word = { is: 'taken', transactionId } as const
  const news = { paymentId, orderId, word, isForProvider: true }
  const cause = { caller: 'account', key: `charge/${transactionId}`, fingerprint: 'account' }
  const settled = await settlePayment(platform, ports, tenant, news, cause)
  return settled.ok ? { what: 'settled' } : { what: 'for-people', why: settled.refusal.code }
}

async function knownRefund(
  { payments }: Ports,
  tenant: TenantId,
  { status, key, transactionId, reference: paymentId, amount }: TheirRefund,
): Promise<Found> {
  if (status !== 'succeeded') return { what: 'nothing' }
  const refundId = key ?? transactionId
  const { refunds } = await payments.see(tenant, paymentId)
  if (refunds.some(({ id, state }) => id === refundId && state === 'done')) {
    return { what: 'booked' }
  }
  const word = { is: 'given-back', transactionId } as const
  const cause = { caller: 'account', key: `refund/${transactionId}`, fingerprint: 'account' }
  const settled = await payments.settleRefund(tenant, paymentId, { refundId, amount, word }, cause)
  // The order may have been cancelled with it, which nobody knows here any more.
  return settled.ok
    ? { what: 'settled', why: 'look-at-the-order' }
    : { what: 'for-people', why: settled.refusal.code }
}
