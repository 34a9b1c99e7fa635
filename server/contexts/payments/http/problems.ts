import type { ProblemTable } from '#platform/http/route'

import type { PaymentRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<PaymentRefusal['code']> = {
  'payments.unknown': {
    status: 404,
    title: 'There is no such payment',
    detail:
      'There is no payment {paymentId} here, or none that you may see. The buyer signs in or shows the token of the order as X-Order-Token.',
  },
  'payments.not-paid': {
    status: 409,
    title: 'Nothing has been paid that could be given back',
    detail: 'The payment is {status}; only what was paid can be given back.',
  },
  'payments.closed': {
    status: 409,
    title: 'The payment takes no money any more',
    detail: 'The payment is {status}.',
  },
  'payments.wrong-currency': {
    status: 422,
    title: 'The amount is in another currency than the payment',
    detail: 'The payment is in {expected}, the amount in {given}.',
  },
  'payments.refund-above-paid': {
    status: 409,
    title: 'That is more than can be given back',
    detail: 'At most {free} minor units can still be given back.',
  },
  'payments.declined': {
    status: 402,
    title: 'The payment provider said no',
    detail: 'The payment provider said no: {reason}.',
  },
  'payments.provider-unknown': {
    status: 404,
    title: 'This shop has no such payment provider',
    detail: 'Deliveries of {provider} are not taken here.',
  },
  'payments.webhook-forged': {
    status: 403,
    title: 'The delivery is not signed by the payment provider',
    detail: 'It has no signature, or one over other bytes or by another secret.',
  },
  'payments.webhook-stale': {
    status: 403,
    title: 'The delivery was signed too long ago',
    detail: 'Its signature is more than 300 seconds old or ahead; send it again with a new one.',
  },
  'payments.webhook-unreadable': {
    status: 422,
    title: 'The delivery is not what the payment provider documents',
    detail: 'It is signed, but what it says cannot be understood or is not of that payment.',
  },
  'payments.provider-down': {
    status: 503,
    title: 'The payment provider does not answer',
    detail: 'Try again with the same key; nothing is charged twice.',
  },
}
