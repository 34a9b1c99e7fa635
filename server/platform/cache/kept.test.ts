import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { TenantId } from '../ids.ts'
import { Kept, type Made } from './kept.ts'

const SHOP = 1 as TenantId
const OTHER = 2 as TenantId

function aMemory({ maxSize = 100, maxAgeMs = 1_000, currentTo = (): number => 0 } = {}) {
  const clock = { at: 10_000, now: () => clock.at }
  return { clock, kept: new Kept<string>({ clock, maxSize, maxAgeMs, currentTo }) }
}

const made =
  (value: string, ...touches: string[]) =>
  async (): Promise<Made<string>> => ({
    value,
    size: 1,
    touches,
  })

test('an answer is given again until what it is made of changes', async () => {
  const { kept } = aMemory()
  assert.equal(await kept.of(SHOP, 'page', made('one', 'ball')), 'one')
  assert.equal(kept.get(SHOP, 'page'), 'one')
  kept.drop(SHOP, 'shoe')
  kept.drop(OTHER, 'ball')
  assert.equal(kept.get(SHOP, 'page'), 'one')
  kept.drop(SHOP, 'ball')
  assert.equal(kept.get(SHOP, 'page'), undefined)
  assert.equal(kept.size, 0)
})

test('it is given up when it is old, unless everything up to a newer time was told', async () => {
  let current = 0
  const { kept, clock } = aMemory({ currentTo: () => current })
  await kept.of(SHOP, 'page', made('one'))
  clock.at += 999
  assert.equal(kept.get(SHOP, 'page'), 'one')
  current = clock.at
  clock.at += 999
  assert.equal(kept.get(SHOP, 'page'), 'one')
  clock.at += 1
  assert.equal(kept.get(SHOP, 'page'), undefined)
})

test('the least recently used go when there is no more room', async () => {
  const { kept } = aMemory({ maxSize: 2 })
  for (const key of ['a', 'b']) await kept.of(SHOP, key, made(key))
  kept.get(SHOP, 'a')
  await kept.of(OTHER, 'c', made('c'))
  assert.deepEqual(
    [kept.get(SHOP, 'a'), kept.get(SHOP, 'b'), kept.get(OTHER, 'c'), kept.size],
    ['a', undefined, 'c', 2],
  )
})

test('a failure is remembered by nobody', async () => {
  const { kept } = aMemory()
  const fails = async (): Promise<Made<string>> => {
    throw new Error('away')
  }
  await assert.rejects(async () => kept.of(SHOP, 'page', fails), /away/)
  assert.equal(await kept.of(SHOP, 'page', made('one')), 'one')
})

/**
 * A database whose versions are numbered, readers that take their time, a tail that tells of changes
 * some time after they happened: whoever asks after a change was told gets it, or something newer.
 */
type Step =
  | { readonly do: 'change' | 'tell' | 'ask' | 'many' | 'read' | 'answer'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('change', 'tell', 'ask', 'many', 'read', 'answer'),
    which: fc.nat(1),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(400) }),
)

async function play(steps: readonly Step[], kept: Kept<string>, clock: { at: number }) {
  const things = ['x', 'y']
  const versions = [0, 0]
  const told = [0, 0]
  const reading: { read(): void; answer(): void }[] = []
  const wrong: string[] = []
  /** Reads at one moment and answers at another, each when the play says so. */
  const load = (which: number): Promise<number> =>
    new Promise((resolve) => {
      let seen: number | undefined
      const read = (): void => void (seen ??= versions[which])
      reading.push({
        read,
        answer: () => {
          read()
          resolve(seen ?? 0)
        },
      })
    })
  const check = async (which: number, answer: Promise<number>): Promise<void> => {
    const least = told[which] ?? 0
    const version = await answer
    if (version < least) wrong.push(`${things[which]} ${version} < ${least}`)
  }
  const waiting: Promise<void>[] = []
  for (const each of steps) {
    if (each.do === 'wait') {
      clock.at += each.ms
      continue
    }
    const { which } = each
    const thing = things[which] ?? ''
    if (each.do === 'change') versions[which] = (versions[which] ?? 0) + 1
    if (each.do === 'tell') {
      told[which] = versions[which] ?? 0
      kept.drop(SHOP, thing)
    }
    if (each.do === 'ask') {
      const answer = kept.of(SHOP, `page ${thing}`, async () => ({
        value: String(await load(which)),
        size: 1,
        touches: [thing],
      }))
      waiting.push(check(which, Promise.resolve(answer).then(Number)))
    }
    if (each.do === 'many') {
      const answer = kept.all(SHOP, new Map([[thing, []]]), async () => {
        return new Map([[thing, String(await load(which))]])
      })
      waiting.push(
        check(
          which,
          answer.then((found) => Number(found.get(thing))),
        ),
      )
    }
    if (each.do === 'read') reading[which % Math.max(1, reading.length)]?.read()
    if (each.do === 'answer') reading.splice(which % Math.max(1, reading.length), 1)[0]?.answer()
    await new Promise(setImmediate)
  }
  for (const each of reading) each.answer()
  await Promise.all(waiting)
  return wrong
}

test('whoever asks after a change was told gets nothing older, whatever is under way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const { kept, clock } = aMemory({ maxAgeMs: 1_000, maxSize: 2 })
      assert.deepEqual(await play(steps, kept, clock), [])
    }),
    { numRuns: 300 },
  )
})

test('a memory that forgets too little is found out by the same play', async () => {
  class Careless extends Kept<string> {
    override drop(): void {
      // Tells nobody.
    }
  }
  const found = await fc.check(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const { clock } = aMemory()
      const kept = new Careless({ clock, maxAgeMs: 1_000, maxSize: 2 })
      assert.deepEqual(await play(steps, kept, clock), [])
    }),
    { numRuns: 300 },
  )
  assert.equal(found.failed, true)
})
