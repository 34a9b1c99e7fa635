import assert from 'node:assert/strict'
import { test } from 'node:test'

import { table, verdict } from './table.ts'

test('a missed goal says by how much, whichever way is better', () => {
  const check = (value: number, goal: Parameters<typeof verdict>[1], expected: string): void =>
    assert.equal(verdict(value, goal), expected)

  check(1_200, { atLeast: 1_000 }, 'met, 20 % better')
  check(1_000, { atLeast: 1_000 }, 'met')
  check(660, { atLeast: 1_000 }, 'MISSED by 34 %')
  check(999, { atLeast: 1_000 }, 'MISSED by 0.1 %')
  check(120, { atMost: 150 }, 'met, 20 % better')
  check(300, { atMost: 150 }, 'MISSED by 100 %')
  check(500, { exactly: 500 }, 'met')
  check(501, { exactly: 500 }, 'MISSED by 0.2 %')
  check(300, undefined, '')
})

test('each figure stands beside its goal and its peers, and a missed one is explained', () => {
  const latency = { meanMs: 8, p50Ms: 7.456, p95Ms: 20, p99Ms: 31.06, maxMs: 412.7 }
  const text = table([
    {
      what: 'product list, hot',
      value: 31_149.6,
      unit: 'req/s',
      goal: { atLeast: 20_000 },
      latency,
      peers: 'Vendure 320, Medusa 38',
    },
    {
      what: 'product list, cold',
      value: 4_100,
      unit: 'req/s',
      goal: { atLeast: 5_000 },
      heldBackBy: 'PostgreSQL takes 1.4 of 2 cores',
    },
    { what: 'memory, idle', value: 0.5, unit: 'MB' },
  ])
  assert.equal(
    text,
    [
      'what                    measured      goal                        p50    p95      p99     max  peers',
      '──────────────────  ────────────  ────────  ────────────────  ───────  ─────  ───────  ──────  ──────────────────────',
      'product list, hot   31,150 req/s  ≥ 20,000  met, 56 % better  7.46 ms  20 ms  31.1 ms  413 ms  Vendure 320, Medusa 38',
      'product list, cold   4,100 req/s   ≥ 5,000  MISSED by 18 %',
      'memory, idle              0.5 MB',
      '',
      'product list, cold: MISSED by 18 %. Held back by: PostgreSQL takes 1.4 of 2 cores.',
    ].join('\n'),
  )
})
