import type { LongProcess } from '#platform/process'

import type { CartEvent } from '../contract.ts'

/** The kind of timer that ends a cart a day after its last change. */
export const EXPIRE_CART = 'cart.expire'

/** The life of a cart until it is ordered, which is a step of its checkout. */
export const cartSteps: LongProcess<CartEvent['type']> = {
  name: 'cart',
  streams: ['cart'],
  timers: { 'cart.created': EXPIRE_CART },
  asks: {},
  steps: [
    { name: 'created', appends: ['cart.created'] },
    { name: 'line-set', appends: ['cart.line-set'] },
    { name: 'line-removed', appends: ['cart.line-removed'] },
    { name: 'claimed', appends: ['cart.claimed'] },
    // Nothing of the guest's cart may fit into the other.
    { name: 'merged', appends: ['cart.merged'], mayAppend: ['cart.line-set'] },
    { name: 'expired', appends: ['cart.expired'], byTimer: EXPIRE_CART },
  ],
}
