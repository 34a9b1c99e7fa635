import type { LongProcess } from '#platform/process'

import type { PaymentEvent } from '../contract.ts'

const RESUME = 'payments.resume-refund'

/** Money on its way back: set aside, asked for, booked. Checkout begins some of them itself. */
export const refundSteps: LongProcess<PaymentEvent['type']> = {
  name: 'refund',
  streams: ['payment'],
  timers: { 'payment.refund-started': RESUME },
  asks: { 'payment.refund-started': 'refund' },
  steps: [
    { name: 'begun', appends: ['payment.refund-started'] },
    {
      name: 'given-back',
      appends: ['payment.refunded', 'payment.notice-due'],
      books: 'refund',
      byTimer: RESUME,
    },
    {
      name: 'refused',
      appends: ['payment.refund-refused'],
      books: 'refund',
      byTimer: RESUME,
    },
  ],
}
