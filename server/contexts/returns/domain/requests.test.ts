import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import type { Order, OrderLine } from '#context/orders'

import type { ReturnEvent, ReturnLine } from '../contract.ts'
import {
  LEAST_DAYS,
  mayEnd,
  MOST_REQUESTS,
  request,
  type Requests,
  returnableUntil,
  returnRequests,
  unitsLeft,
} from './requests.ts'

const DAY_MS = 86_400_000
const HANDED = Date.parse('2026-11-02T12:00:00Z')

/** An order of so many of each, handed over. */
function anOrder(units: Readonly<Record<string, number>>, status: Order['status'] = 'fulfilled') {
  const lines = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }) as OrderLine)
  return { status, changedAt: HANDED, lines } as unknown as Order
}

const NOW = { days: LEAST_DAYS, at: HANDED + DAY_MS }
const apply = (requests: Requests, event: ReturnEvent): Requests =>
  returnRequests.apply(requests, event, { version: 1, at: 0 })

function asked(returnId: string, lines: readonly ReturnLine[]): ReturnEvent {
  const facts = { orderId: 'order', number: 'R-1', userId: null, reason: 'other' } as const
  return { type: 'returns.requested', returnId, lines, ...facts }
}

const check = (
  order: Order,
  wanted: readonly ReturnLine[],
  { at = NOW.at, requests = returnRequests.initial } = {},
) => request(order, requests, wanted, { ...NOW, at })

const codeOf = (outcome: ReturnType<typeof request>): string =>
  outcome.ok ? 'accepted' : outcome.refusal.code

suite('a return', () => {
  test('is asked for of what was paid or handed over, and of nothing else (RETURNS-2)', () => {
    const said = (['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'] as const).map(
      (status) => codeOf(check(anOrder({ A: 1 }, status), [{ sku: 'A', quantity: 1 }])),
    )
    const no = 'returns.not-returnable'
    assert.deepEqual(said, [no, no, 'accepted', 'accepted', no])
  })

  test('is asked for within fourteen days, or as many as the shop says, and no later (RETURNS-2)', () => {
    const order = anOrder({ A: 1 })
    const until = returnableUntil(order, LEAST_DAYS) ?? 0
    const wanted = [{ sku: 'A', quantity: 1 }]
    assert.equal(codeOf(check(order, wanted, { at: until })), 'accepted')
    assert.equal(codeOf(check(order, wanted, { at: until + 1 })), 'returns.too-late')
    const longer = request(order, returnRequests.initial, wanted, { days: 30, at: until + 1 })
    assert.equal(codeOf(longer), 'accepted')
  })

  test('may be asked for until the fourteenth day is over, wherever one lives and whatever clocks do (RETURNS-2)', () => {
    // In Kyiv half an hour after midnight, and within the fourteen days clocks are set back there.
    const changedAt = Date.parse('2026-10-12T21:30:00Z')
    const until = returnableUntil({ status: 'fulfilled', changedAt }, LEAST_DAYS) ?? 0
    for (const timeZone of ['Europe/Kyiv', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
      const days = (Date.parse(day.format(until)) - Date.parse(day.format(changedAt))) / DAY_MS
      assert.ok(days > LEAST_DAYS, `${timeZone}: ${days}`)
    }
  })

  test('adds up what is named twice, and refuses what is not in the order or too much of it (RETURNS-1)', () => {
    const order = anOrder({ A: 2, B: 1 })
    const twice = check(order, [
      { sku: 'A', quantity: 1 },
      { sku: 'A', quantity: 1 },
    ])
    assert.deepEqual(twice, { ok: true, value: [{ sku: 'A', quantity: 2 }] })
    assert.deepEqual(check(order, [{ sku: 'A', quantity: 3 }]), {
      ok: false,
      refusal: { code: 'returns.too-many-units', sku: 'A', wanted: 3, left: 2 },
    })
    assert.equal(codeOf(check(order, [{ sku: 'C', quantity: 1 }])), 'returns.not-ordered')
  })

  test('ends once: withdrawn, approved or declined (RETURNS-3)', () => {
    const open = apply(returnRequests.initial, asked('one', [{ sku: 'A', quantity: 1 }]))
    assert.ok(mayEnd(open, 'one').ok)
    assert.equal(mayEnd(open, 'two').ok, false)
    for (const type of ['returns.withdrawn', 'returns.approved', 'returns.declined'] as const) {
      const ended = mayEnd(apply(open, { type, returnId: 'one' }), 'one')
      assert.deepEqual(ended, {
        ok: false,
        refusal: { code: 'returns.not-open', state: type.slice('returns.'.length) },
      })
    }
  })

  test('is asked for twenty times of one order and no more', () => {
    const order = anOrder({ A: 100 })
    let requests = returnRequests.initial
    for (let n = 0; n < MOST_REQUESTS; n += 1) {
      requests = apply(requests, asked(`r${n}`, [{ sku: 'A', quantity: 1 }]))
      requests = apply(requests, { type: 'returns.withdrawn', returnId: `r${n}` })
    }
    const more = check(order, [{ sku: 'A', quantity: 1 }], { requests })
    assert.equal(codeOf(more), 'returns.too-many')
  })
})

test('whatever is asked, withdrawn and declined, of no SKU more is asked back than was ordered (RETURNS-1)', () => {
  const sku = fc.constantFrom('A', 'A', 'A', 'B', 'B', 'B', 'C')
  const line = fc.record({ sku, quantity: fc.integer({ min: 1, max: 4 }) })
  const ending = fc.constantFrom<'returns.withdrawn' | 'returns.approved' | 'returns.declined'>(
    'returns.withdrawn',
    'returns.approved',
    'returns.declined',
  )
  const step = fc.oneof(
    fc.record({ ask: fc.array(line, { minLength: 1, maxLength: 2 }) }),
    fc.record({ end: fc.nat(30), as: ending }),
  )
  const seen = { accepted: 0, refused: 0, ended: 0 }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bought = { A: 5, B: 2 }
      const order = anOrder(bought)
      let requests = returnRequests.initial
      for (const [number, each] of steps.entries()) {
        if ('ask' in each) {
          const outcome = check(order, each.ask, { requests })
          seen[outcome.ok ? 'accepted' : 'refused'] += 1
          if (outcome.ok) requests = apply(requests, asked(`r${number}`, outcome.value))
        } else {
          const ids = Object.keys(requests.byId)
          const returnId = ids[each.end % ids.length] ?? 'none'
          if (mayEnd(requests, returnId).ok) {
            seen.ended += 1
            requests = apply(requests, { type: each.as, returnId })
          }
        }
        // Counted here anew, by nothing of what is tested.
        const sums: Record<string, number> = {}
        for (const { state, lines } of Object.values(requests.byId)) {
          if (state !== 'requested' && state !== 'approved') continue
          for (const { sku: of, quantity } of lines) sums[of] = (sums[of] ?? 0) + quantity
        }
        for (const [of, sum] of Object.entries(sums)) {
          assert.ok(sum <= (bought[of as 'A' | 'B'] ?? 0), `${sum} of ${of} are asked back`)
        }
        for (const [of, left] of unitsLeft(order.lines, requests)) {
          assert.equal(left + (sums[of] ?? 0), bought[of as 'A' | 'B'])
        }
      }
    }),
    { numRuns: 1_000 },
  )
  assert.ok(seen.accepted > 500 && seen.refused > 500 && seen.ended > 100, JSON.stringify(seen))
})
