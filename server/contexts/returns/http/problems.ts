import type { ProblemTable } from '#platform/http/route'

import type { ReturnRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<ReturnRefusal['code']> = {
  'returns.unknown': {
    status: 404,
    title: 'There is no such return',
    detail:
      'There is no return {returnId} here, or none that you may see. Its buyer signs in or shows the token of the order as X-Order-Token.',
  },
  'returns.not-returnable': {
    status: 409,
    title: 'Nothing of this order can be returned now',
    detail: 'The order is {status}; what was paid or handed over can be returned.',
  },
  'returns.too-late': {
    status: 409,
    title: 'It is too late to return something of this order',
    detail:
      'This shop takes things back within {days} days; for this order that was until {until}.',
  },
  'returns.not-ordered': {
    status: 404,
    title: 'The order has no such line',
    detail: 'There is no {sku} in this order.',
  },
  'returns.too-many-units': {
    status: 409,
    title: 'That is more than can be returned',
    detail: 'You asked for {wanted} of {sku}; {left} can still be returned.',
  },
  'returns.too-many': {
    status: 409,
    title: 'Enough returns were asked for of this order',
    detail: 'Of one order at most {most} returns are asked for; please write to the shop.',
  },
  'returns.not-open': {
    status: 409,
    title: 'The return has been decided on',
    detail: 'The return is {state}; only what is requested can still change.',
  },
}
