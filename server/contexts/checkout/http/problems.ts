import type { ProblemTable } from '#platform/http/route'

import type { CheckoutRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<CheckoutRefusal['code']> = {
  'pricing.changed': {
    status: 409,
    title: 'The total is another than expected',
    detail: 'Look at the new total and order again with it as `expectedTotal` if you agree.',
  },
  'checkout.delivery-unknown': {
    status: 422,
    title: 'This shop does not deliver that way',
    detail: 'This shop does not deliver by {method}; it delivers by: {known}.',
  },
  'checkout.payment-method-unknown': {
    status: 422,
    title: 'This shop cannot be paid that way',
    detail: 'This shop cannot be paid by {method}; it can be paid by: {known}.',
  },
  'checkout.address-missing': {
    status: 422,
    title: 'The address is missing',
    detail: 'Delivery by {method} needs a shippingAddress.',
  },
  'checkout.currency-wrong': {
    status: 422,
    title: 'This shop sells in another currency',
    detail: 'This shop sells in {expected}, not in {given}.',
  },
  'checkout.not-payable': {
    status: 409,
    title: 'The order cannot be paid as it is',
    detail: 'The order is {status}; only a reserved order can be paid.',
  },
  'checkout.payment-under-way': {
    status: 409,
    title: 'The order is being paid just now',
    detail: 'Wait until the payment has ended.',
  },
  'checkout.payment-open': {
    status: 409,
    title: 'The order has a payment already',
    detail: 'Use the payment {paymentId}.',
  },
  'checkout.sold-out': {
    status: 409,
    title: 'The units were gone when the money came',
    detail: 'The order is cancelled and the money goes back.',
  },
}
