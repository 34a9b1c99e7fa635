import type { LongProcess, Step } from '#platform/process'
import type { CartEvent } from '#context/cart'
import type { OrderEvent } from '#context/orders'
import type { PaymentEvent } from '#context/payments'

import type { ProcessStep } from '../contract.ts'

type Told = (CartEvent | OrderEvent | PaymentEvent)['type']

/** A step of a checkout, and which rows of what staff see it moves. */
interface CheckoutStep extends Step<Told> {
  readonly moves: readonly ProcessStep['name'][]
}

/** What brings the answer of a charge when the client does not. */
const RESUME = 'checkout.resume-payment'

/**
 * From a cart to a paid order, and back: every commit that checkout makes. What is true at once is
 * one step (CHECKOUT-1), and what dies after a step is taken up by its timer (CHECKOUT-3).
 */
export const checkoutSteps: LongProcess<Told, CheckoutStep> = {
  name: 'checkout',
  streams: ['order', 'payment', 'cart'],
  timers: {
    'order.created': 'checkout.expire-order',
    'payment.attempted': RESUME,
    'payment.refund-started': 'payments.resume-refund',
  },
  asks: { 'payment.attempted': 'charge', 'payment.refund-started': 'refund' },
  steps: [
    {
      name: 'placed',
      appends: ['order.created', 'order.reserved', 'payment.opened', 'cart.closed'],
      moves: ['reserve'],
    },
    {
      name: 'bought-directly',
      appends: ['order.created', 'order.reserved', 'payment.opened'],
      moves: ['reserve'],
    },
    { name: 'attempted', appends: ['payment.attempted'], moves: ['authorize'] },
    // The timer finds out how it ends; where the buyer was sent is for the buyer's answer alone.
    { name: 'sent-to-buyer', appends: ['payment.action-needed'], books: 'charge', moves: [] },
    {
      name: 'paid',
      appends: ['payment.succeeded', 'order.confirmed', 'payment.notice-due'],
      books: 'charge',
      byTimer: RESUME,
      moves: ['confirm', 'notify'],
    },
    {
      name: 'declined',
      appends: ['payment.declined', 'payment.notice-due'],
      books: 'charge',
      byTimer: RESUME,
      moves: ['authorize', 'notify'],
    },
    {
      name: 'payment-replaced',
      appends: ['order.payment-replaced', 'payment.opened'],
      moves: ['authorize'],
    },
    {
      name: 'paid-late',
      appends: ['payment.succeeded', 'order.reinstated', 'order.confirmed', 'payment.notice-due'],
      moves: ['confirm', 'notify'],
    },
    {
      name: 'sold-out',
      appends: [
        'payment.succeeded',
        'payment.refund-started',
        'order.cancelled',
        'payment.notice-due',
      ],
      books: 'charge',
      byTimer: RESUME,
      moves: ['notify'],
    },
    { name: 'given-back', appends: ['payment.succeeded', 'payment.refund-started'], moves: [] },
    {
      name: 'cancelled',
      appends: ['order.cancelled', 'payment.cancelled', 'payment.notice-due'],
      byTimer: 'checkout.expire-order',
      moves: ['notify'],
    },
    // The last payment was declined, or all of it had gone back.
    {
      name: 'cancelled-unpaid',
      appends: ['order.cancelled', 'payment.notice-due'],
      byTimer: 'checkout.expire-order',
      moves: ['notify'],
    },
    {
      name: 'cancelled-paid',
      appends: ['order.cancelled', 'payment.refund-started', 'payment.notice-due'],
      moves: ['notify'],
    },
    { name: 'fulfilled', appends: ['order.fulfilled'], moves: [] },
  ],
}

/** The rows that staff see, in the order in which a checkout comes to them. */
export const ROWS: readonly ProcessStep['name'][] = [
  ...new Set(checkoutSteps.steps.flatMap(({ moves }) => moves)),
]

/** The kinds of timers that move a checkout on. */
export const PROCESS_TIMERS: readonly string[] = Object.values(checkoutSteps.timers)
