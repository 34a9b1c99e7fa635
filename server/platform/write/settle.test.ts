import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '../ids.ts'
import { accept, refuse } from '../outcome.ts'
import { keyed, settle, type Locked, type Member } from './settle.ts'

const SHOP = 1 as TenantId
const CART = 'cart/one'

/** A stream at a version, as it is found when it is locked. */
function lockedAt(version: number): Locked {
  return {
    now: 0,
    answers: new Map(),
    versions: new Map([[keyed(SHOP, CART), version]]),
    balances: new Map(),
    holds: new Map(),
    lapsed: new Map(),
  }
}

/** Decided on a version of the cart; appends so many events. */
function member(key: string, expected: number, events: number): Member {
  return {
    tenant: SHOP,
    caller: 'buyer',
    key,
    fingerprint: '',
    expected: [{ name: keyed(SHOP, CART), version: expected }],
    decided: accept({
      appends: [
        {
          name: keyed(SHOP, CART),
          stream: CART,
          events: Array.from({ length: events }, () => ({ event: { type: 'set' }, data: '{}' })),
        },
      ],
      transfers: [],
      watch: [],
      rows: [],
      timers: [],
      answer: () => null,
    }),
  }
}

const kinds = (version: number, ...members: Member[]): string[] =>
  settle(lockedAt(version), members).settlements.map((each) =>
    each.kind === 'stale' ? `stale, ${each.ahead ? 'ahead' : 'overtaken'}` : each.kind,
  )

test('members follow one another on the version that each leaves', () => {
  assert.deepEqual(kinds(4, member('a', 4, 1), member('b', 5, 2), member('c', 7, 1)), [
    'committed',
    'committed',
    'committed',
  ])
})

test('who was decided after a member that failed is decided again', () => {
  const refused = { ...member('a', 4, 1), decided: refuse({ code: 'no' }) }
  assert.deepEqual(kinds(4, refused, member('b', 4, 1)), ['refused', 'committed'])
  const known = new Map([[keyed(SHOP, 'buyer', 'a'), { fingerprint: '', answer: null }]])
  const locked = { ...lockedAt(4), answers: known }
  assert.deepEqual(
    settle(locked, [member('a', 4, 1), member('b', 5, 1)]).settlements.map(({ kind }) => kind),
    ['replayed', 'stale'],
  )
})

test('a version that another process made is not the one that a predecessor would have made', () => {
  // Both were decided when the cart was at 4; meanwhile another process brought it to 5.
  assert.deepEqual(kinds(5, member('a', 4, 1), member('b', 5, 1), member('c', 6, 1)), [
    'stale, overtaken',
    'stale, ahead',
    'stale, ahead',
  ])
})

test('who only looked leaves nothing to be decided on', () => {
  assert.deepEqual(kinds(5, member('a', 4, 0), member('b', 5, 1)), [
    'stale, overtaken',
    'committed',
  ])
})
