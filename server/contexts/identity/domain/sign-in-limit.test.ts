import assert from 'node:assert/strict'
import { test } from 'node:test'

import { networkOf, oneMoreTry, WINDOW_SECONDS } from './sign-in-limit.ts'

test('tries are counted within a window, and the one too many is told how long to wait', () => {
  const first = oneMoreTry(undefined, 1_000, 2)
  assert('next' in first)
  const second = oneMoreTry(first.next, 2_000, 2)
  assert('next' in second)
  assert.deepEqual(second.next, { tries: 2, endsAt: 1_000 + WINDOW_SECONDS * 1000 })
  const end = second.next.endsAt
  assert.deepEqual(oneMoreTry(second.next, end - 1, 2), { retryAfterSeconds: 1 })
  assert.deepEqual(oneMoreTry(second.next, 1_000, 2), { retryAfterSeconds: WINDOW_SECONDS })
  assert.deepEqual(oneMoreTry(second.next, end, 2), {
    next: { tries: 1, endsAt: end + WINDOW_SECONDS * 1000 },
  })
})

test('a network is an address of IPv4 or the first half of one of IPv6, however it is written', () => {
  const check = (address: string, network: string) => assert.equal(networkOf(address), network)
  check('192.0.2.1', '192.0.2.1')
  check('::ffff:192.0.2.1', '192.0.2.1')
  check('::FFFF:192.0.2.1', '192.0.2.1')
  check('2001:db8:0:7::1', '2001:db8:0:7::/64')
  check('2001:DB8::7:0:0:0:1', '2001:db8:0:7::/64')
  check('2001:0db8:0000:0007:1:2:3:4', '2001:db8:0:7::/64')
  check('2001:db8::1', '2001:db8:0:0::/64')
  check('::1', '0:0:0:0::/64')
  check('::', '0:0:0:0::/64')
  check('fe80::1%eth0', 'fe80:0:0:0::/64')
})
