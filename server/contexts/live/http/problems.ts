import type { ProblemTable } from '#platform/http/route'

import type { LiveRefusal } from '../contract.ts'

export const problems: ProblemTable<LiveRefusal['code']> = {
  'live.upgrade-needed': {
    status: 426,
    title: 'This address speaks WebSocket',
    detail: 'Connect with a WebSocket (RFC 6455) to hear of products as they change.',
  },
  'live.origin-wrong': {
    status: 403,
    title: 'This page is not of the shop',
    detail: 'Pages of {origin} may not connect to this shop.',
  },
  'live.too-many-connections': {
    status: 429,
    title: 'Too many open pages',
    detail: 'At most {limit} may be connected at once. Try again in {retryAfterSeconds} s.',
  },
  'live.message-invalid': {
    status: 422,
    title: 'This is no message',
    detail: 'The message could not be followed: {reason}.',
  },
  'live.too-many-products': {
    status: 422,
    title: 'Too many products',
    detail: 'One page hears of at most {limit} products.',
  },
  'live.behind': {
    status: 503,
    title: 'Not as far yet',
    detail: 'What was heard elsewhere has not been heard here yet; subscribe again in a second.',
  },
}
