/** What the streams of an order and of its payments tell about a checkout: pure, for staff to see. */
import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'
import { money, type Money } from '#platform/money'
import type { Aggregate } from '#platform/write/commit'
import type { OrderEvent, OrderStatus } from '#context/orders'
import type { NoticeAbout, PaymentEvent } from '#context/payments'

import type { Compensation, ProcessState, ProcessStep, StepState } from '../contract.ts'
import { checkoutSteps, ROWS } from './steps.ts'

/** When what happened to an order. */
export interface OrderTrail {
  readonly status: 'none' | OrderStatus
  readonly number: string
  readonly total: Money
  readonly paymentIds: readonly Id[]
  readonly createdAt: Instant
  readonly reservedAt: Instant | null
  readonly confirmedAt: Instant | null
  readonly cancelledAt: Instant | null
}

/** Folded for readers only, from the events that orders publishes; what decides folds its own. */
export const orderTrail: Aggregate<OrderTrail, OrderEvent> = {
  kind: 'order',
  initial: {
    status: 'none',
    number: '',
    total: money(0, 'XXX'),
    paymentIds: [],
    createdAt: 0,
    reservedAt: null,
    confirmedAt: null,
    cancelledAt: null,
  },
  apply(trail, event, { at }) {
    switch (event.type) {
      case 'order.created': {
        const { number, total, paymentId } = event
        return {
          ...trail,
          status: 'created',
          number,
          total,
          paymentIds: [paymentId],
          createdAt: at,
        }
      }
      case 'order.reserved':
        return { ...trail, status: 'reserved', reservedAt: at }
      case 'order.confirmed':
        return { ...trail, status: 'confirmed', confirmedAt: at }
      case 'order.fulfilled':
        return { ...trail, status: 'fulfilled' }
      case 'order.cancelled':
        return { ...trail, status: 'cancelled', cancelledAt: at }
      case 'order.reinstated':
        return { ...trail, status: 'reserved', reservedAt: at, cancelledAt: null }
      case 'order.payment-replaced':
        return { ...trail, paymentIds: [...trail.paymentIds, event.paymentId] }
      default:
        return trail
    }
  },
}

interface RefundTrail {
  readonly id: Id
  readonly amount: Money
  readonly state: Compensation['state']
  readonly startedAt: Instant
  readonly endedAt: Instant | null
}

/** When what happened to a payment. */
export interface PaymentTrail {
  readonly state: 'none' | 'pending' | 'processing' | 'succeeded' | 'declined' | 'cancelled'
  readonly attempts: number
  readonly attemptedAt: Instant | null
  readonly endedAt: Instant | null
  readonly refunds: readonly RefundTrail[]
  readonly notices: readonly { readonly about: NoticeAbout; readonly at: Instant }[]
}

/** Like `orderTrail`. */
export const paymentTrail: Aggregate<PaymentTrail, PaymentEvent> = {
  kind: 'payment',
  initial: {
    state: 'none',
    attempts: 0,
    attemptedAt: null,
    endedAt: null,
    refunds: [],
    notices: [],
  },
  apply(trail, event, { at }) {
    switch (event.type) {
      case 'payment.opened':
        return { ...trail, state: 'pending' }
      case 'payment.attempted': {
        const attemptedAt = trail.attemptedAt ?? at
        return { ...trail, state: 'processing', attempts: event.attempt, attemptedAt }
      }
      case 'payment.succeeded':
        return { ...trail, state: 'succeeded', endedAt: at }
      case 'payment.declined':
        return { ...trail, state: 'declined', endedAt: at }
      case 'payment.cancelled':
        return { ...trail, state: 'cancelled', endedAt: at }
      case 'payment.refund-started': {
        const { refundId: id, amount } = event
        const begun = { id, amount, state: 'under-way', startedAt: at, endedAt: null } as const
        return { ...trail, refunds: [...trail.refunds, begun] }
      }
      case 'payment.refund-refused':
        return refundEnded(trail, event.refundId, event.amount, 'refused', at)
      case 'payment.refunded':
        return refundEnded(trail, event.refundId, event.amount, 'done', at)
      case 'payment.notice-due':
        return { ...trail, notices: [...trail.notices, { about: event.about, at }] }
      default:
        return trail
    }
  },
}

/** One that the shop began by hand at the provider is told of when it has ended. */
function refundEnded(
  trail: PaymentTrail,
  id: Id,
  amount: Money,
  state: 'done' | 'refused',
  at: Instant,
): PaymentTrail {
  const begun = trail.refunds.find((refund) => refund.id === id)
  const ended = { id, amount, startedAt: at, ...begun, state, endedAt: at }
  return { ...trail, refunds: [...trail.refunds.filter((refund) => refund !== begun), ended] }
}

/** Something that has to happen by itself, and the timer that sees to it. */
export interface Outstanding {
  readonly timer: string
  readonly kind: string
  readonly data: Readonly<Record<string, string>>
  /** Nothing is due before its time: a buyer may still pay. */
  readonly waitsForItsTime: boolean
}

/** The kind of timer that the commit of such an event leaves. */
function timerOf(event: keyof typeof checkoutSteps.timers): string {
  const kind = checkoutSteps.timers[event]
  if (kind === undefined) throw new Error(`${event} leaves no timer`)
  return kind
}

/** What is still to happen by itself. The names of the timers are those of their setters. */
export function outstanding(
  orderId: Id,
  isReserved: boolean,
  payments: ReadonlyMap<
    Id,
    {
      readonly isProcessing: boolean
      readonly refunds: readonly { readonly id: Id; readonly state: string }[]
    }
  >,
): readonly Outstanding[] {
  const found: Outstanding[] = []
  if (isReserved) {
    found.push({
      timer: `order/${orderId}/deadline`,
      kind: timerOf('order.created'),
      data: { orderId },
      waitsForItsTime: true,
    })
  }
  for (const [paymentId, { isProcessing, refunds }] of payments) {
    if (isProcessing) {
      found.push({
        timer: `payment/${paymentId}/resume`,
        kind: timerOf('payment.attempted'),
        data: { paymentId },
        waitsForItsTime: false,
      })
    }
    for (const { id: refundId } of refunds.filter(({ state }) => state === 'under-way')) {
      found.push({
        timer: `refund/${refundId}`,
        kind: timerOf('payment.refund-started'),
        data: { paymentId, refundId },
        waitsForItsTime: false,
      })
    }
  }
  return found
}

/** How far a checkout is, given what is open of it and which of that nobody sees to or failed. */
export function stateOf(
  order: OrderTrail,
  open: readonly Outstanding[],
  troubled: ReadonlySet<string>,
): ProcessState {
  if (open.some(({ timer }) => troubled.has(timer))) return 'stuck'
  if (open.length > 0) return 'running'
  return order.status === 'cancelled' ? 'failed' : 'done'
}

/** The rows of the process are those that the definition's steps move, in their order. */
export function stepsOf(
  order: OrderTrail,
  payments: readonly PaymentTrail[],
): readonly ProcessStep[] {
  return ROWS.map((name) => SEEN[name](order, payments))
}

const SEEN: Readonly<
  Record<ProcessStep['name'], (order: OrderTrail, payments: readonly PaymentTrail[]) => ProcessStep>
> = {
  reserve({ status, createdAt, reservedAt, cancelledAt }) {
    const state = ending(reservedAt !== null, status === 'cancelled')
    return step('reserve', state, createdAt, reservedAt ?? cancelledAt)
  },
  authorize: ({ status }, payments) => authorization(payments, status === 'cancelled'),
  confirm({ status, confirmedAt, cancelledAt }) {
    const state = ending(confirmedAt !== null, status === 'cancelled')
    return step('confirm', state, confirmedAt, confirmedAt ?? cancelledAt)
  },
  notify({ status }, payments) {
    const about = status === 'cancelled' ? 'order-cancelled' : 'order-confirmed'
    const notices = payments.flatMap((payment) => payment.notices)
    const at = notices.findLast((each) => each.about === about)?.at ?? null
    return step('notify', at === null ? 'waiting' : 'done', at, at)
  },
}

function ending(isDone: boolean, isOver: boolean): StepState {
  if (isDone) return isOver ? 'undone' : 'done'
  return isOver ? 'failed' : 'waiting'
}

const OF_PAYMENT: Readonly<Record<PaymentTrail['state'], StepState>> = {
  none: 'waiting',
  pending: 'waiting',
  processing: 'under-way',
  succeeded: 'done',
  declined: 'failed',
  cancelled: 'failed',
}

/** The payment that succeeded, else the last. */
function authorization(payments: readonly PaymentTrail[], isOver: boolean): ProcessStep {
  const shown = payments.find(({ state }) => state === 'succeeded') ?? payments.at(-1)
  const state = OF_PAYMENT[shown?.state ?? 'none']
  const begun = payments.flatMap(({ attemptedAt }) => attemptedAt ?? [])
  return {
    ...step(
      'authorize',
      state === 'done' && isOver ? 'undone' : state,
      begun.length === 0 ? null : Math.min(...begun),
      shown?.endedAt ?? null,
    ),
    attempts: payments.reduce((sum, { attempts }) => sum + attempts, 0),
  }
}

function step(
  name: ProcessStep['name'],
  state: StepState,
  startedAt: Instant | null,
  endedAt: Instant | null,
): ProcessStep {
  return {
    name,
    state,
    attempts: state === 'waiting' ? 0 : 1,
    startedAt: isoOf(startedAt),
    endedAt: isoOf(endedAt),
  }
}

/** What was taken back, and what is being. */
export function compensationsOf(
  { cancelledAt }: OrderTrail,
  payments: readonly PaymentTrail[],
): readonly Compensation[] {
  const released: Compensation[] =
    cancelledAt === null
      ? []
      : [
          {
            what: 'release-units',
            state: 'done',
            amount: null,
            startedAt: new Date(cancelledAt).toISOString(),
            endedAt: new Date(cancelledAt).toISOString(),
          },
        ]
  const refunds = payments.flatMap((payment) => payment.refunds)
  return [
    ...released,
    ...refunds.map(({ state, amount, startedAt, endedAt }): Compensation => ({
      what: 'refund',
      state,
      amount,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: isoOf(endedAt),
    })),
  ]
}

function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
