import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { isGone, isPublished, publicationOf } from './publication.ts'

const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) })
const time = fc.option(instant.map((at) => new Date(at).toISOString()))

test('a product is shown from its beginning on and before its end, and never while hidden', () => {
  fc.assert(
    fc.property(time, time, instant, fc.boolean(), (from, until, at, isHidden) => {
      const status = isHidden ? 'hidden' : 'published'
      const made = publicationOf({ status, from, until })
      if (from !== null && until !== null && from >= until) {
        assert.equal(made.ok, false)
        return
      }
      assert(made.ok)
      const isDue =
        (from === null || Date.parse(from) <= at) && (until === null || at < Date.parse(until))
      assert.equal(isPublished(made.value, at), isDue && !isHidden)
      assert.deepEqual(publicationOf({}, made.value), made, 'what is not said stays')
    }),
  )
})

test('times with an offset are kept in UTC, and what is none is refused', () => {
  const made = publicationOf({ from: '2026-11-21T11:00+02:00' })
  assert(made.ok)
  assert.equal(made.value.from, '2026-11-21T09:00:00.000Z')
  for (const from of [
    '',
    'now',
    '2026-11-21',
    '2026-13-01T00:00Z',
    '2026-02-29T00:00Z',
    '2026-11-21T09:00',
  ]) {
    assert.equal(publicationOf({ from }).ok, false, from)
  }
})

test('a product is gone when buyers could see it once and it is archived or its last day is over', () => {
  const [created, archived, now] = [1_000, 5_000, 9_000]
  const at = (ms: number) => new Date(ms).toISOString()
  const check = (
    status: 'active' | 'archived',
    publication: { status?: 'hidden'; from?: number; until?: number },
    isSo: boolean,
  ) => {
    const { from, until } = publication
    const life = {
      status,
      publication: {
        status: publication.status ?? ('published' as const),
        from: from === undefined ? null : at(from),
        until: until === undefined ? null : at(until),
      },
      createdMs: created,
      updatedMs: archived,
    }
    assert.equal(isGone(life, now), isSo, JSON.stringify([status, publication]))
  }
  check('archived', {}, true)
  check('archived', { from: 4_000 }, true)
  check('archived', { from: 6_000 }, false)
  check('archived', { status: 'hidden' }, false)
  check('archived', { until: 3_000 }, true)
  check('active', {}, false)
  check('active', { until: 8_000 }, true)
  check('active', { until: 10_000 }, false)
  check('active', { until: 500 }, false)
  check('active', { from: 10_000 }, false)
  check('active', { status: 'hidden', until: 8_000 }, false)
})
