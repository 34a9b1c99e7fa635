import type { ProblemTable } from '#platform/http/route'

import type { OrderRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<OrderRefusal['code']> = {
  'orders.unknown': {
    status: 404,
    title: 'There is no such order',
    detail:
      'There is no order {orderId} here, or none that you may see. Its buyer signs in or shows its token as X-Order-Token.',
  },
  'orders.illegal-move': {
    status: 409,
    title: 'The order cannot go there from where it is',
    detail: 'The order is {from}; from there it cannot become {to}.',
  },
  'orders.changed-meanwhile': {
    status: 409,
    title: 'The order has just changed',
    detail: 'The order {orderId} has just been changed by somebody else; look again.',
  },
}
