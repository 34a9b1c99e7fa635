import type { ProblemTable } from '#platform/http/route'

import type { CheckoutRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<CheckoutRefusal['code']> = {
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
    title: 'The order is in another currency',
    detail: 'This is sold in {expected}, not in {given}.',
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
  'checkout.given-back': {
    status: 409,
    title: 'The money of the order went back',
    detail: 'An order whose whole payment was given back is not handed over; cancel it instead.',
  },
  'checkout.sold-out': {
    status: 409,
    title: 'The units were gone when the money came',
    detail: 'The order is cancelled and the money goes back.',
  },
  'checkout.nothing-to-retry': {
    status: 409,
    title: 'Nothing of this checkout waits to be done',
    detail: 'Nothing of this checkout failed or is under way; what waits is not hurried.',
  },
}
