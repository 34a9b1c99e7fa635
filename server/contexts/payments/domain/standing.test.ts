import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'

import type { FoundCharge } from '../provider.ts'
import { CALL_SECONDS, standingOf } from './standing.ts'

const charge = (part: Partial<FoundCharge>): FoundCharge => ({
  transactionId: 'ch_1',
  reference: 'p',
  status: 'succeeded',
  amount: money(100, 'UAH'),
  at: 0,
  ...part,
})
const standing = (charges: readonly FoundCharge[], at = 0) =>
  standingOf(charges, { attemptedAt: 0 }, at, 10)

test('money that was taken counts before what is open, and that before what is over', () => {
  const declined = charge({ transactionId: 'no', status: 'declined', reason: 'card_expired' })
  const open = charge({ transactionId: 'open', status: 'action-needed', url: 'https://x.test/' })
  const taken = charge({ transactionId: 'yes' })
  assert.deepEqual(standing([declined, open, taken]), { is: 'taken', transactionId: 'yes' })
  assert.deepEqual(standing([open, declined]), {
    is: 'open',
    transactionId: 'open',
    url: 'https://x.test/',
  })
  assert.deepEqual(standing([declined]), { is: 'declined', reason: 'card_expired' })
})

test('silence is no no until every call is over and the provider would have found it', () => {
  const certain = (CALL_SECONDS + 10) * 1000
  assert.deepEqual(standing([], certain), { is: 'unknown', retryAfterSeconds: 10 })
  assert.deepEqual(standing([], certain + 1), { is: 'absent' })
})
