import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'

import type { TenantId } from '../ids.ts'
import { accept, Unavailable } from '../outcome.ts'
import { Batcher, type Pending } from './batcher.ts'
import { readStream, stream, type Intent, type Streams } from './commit.ts'
import { realWaiting } from '../waiting.ts'

const notes = { kind: 'note', initial: null, apply: () => null }

interface Named {
  readonly changes?: string
  readonly reads?: string
}

function intent(key: string, { changes, reads }: Named = {}): Intent<Streams, unknown> {
  return {
    tenant: 1 as TenantId,
    caller: 'test',
    key,
    fingerprint: '',
    streams: {
      ...(changes === undefined ? {} : { note: stream(notes, changes) }),
      ...(reads === undefined ? {} : { rule: readStream(notes, reads) }),
    },
    decide: () => accept({ answer: null }),
  }
}

/** A lane whose batches are let go by hand. */
class Lane {
  readonly formed: { keys: string[]; onItsWay: () => void; end: () => void }[] = []
  readonly batcher: Batcher

  constructor(queueLimit = 1000) {
    this.batcher = new Batcher(
      { waiting: realWaiting, queueLimit, batchLimit: 100 },
      (batch, onItsWay) => this.run(batch, onItsWay),
    )
  }

  async submit(keys: readonly string[], streams?: Named): Promise<void> {
    for (const key of keys) void this.batcher.submit(intent(key, streams))
    await turn()
  }

  sizes(): number[] {
    return this.formed.map(({ keys }) => keys.length)
  }

  /** Ends batches, by the places they were formed in. */
  async ends(...places: readonly number[]): Promise<void> {
    for (const place of places) this.formed[place]?.end()
    await turn()
    await turn()
  }

  private run(batch: readonly Pending[], onItsWay: () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = (): void => {
      for (const pending of batch) pending.settle(accept({ answer: null, replayed: false }))
      resolve()
    }
    this.formed.push({ keys: batch.map(({ intent: { key } }) => key), onItsWay, end })
    return promise
  }
}

const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `${n}`)

suite('a lane', () => {
  test('forms a batch of what arrives together, and the next when that is on its way', async () => {
    const lane = new Lane()
    await lane.submit(['a', 'b'])
    await lane.submit(['c'])
    await lane.submit(['d'])
    assert.deepEqual(lane.sizes(), [2])
    lane.formed[0]?.onItsWay()
    await turn()
    assert.deepEqual(lane.formed[1]?.keys, ['c', 'd'])
  })

  test('prepares one batch while another is written, and no third', async () => {
    const lane = new Lane()
    for (const key of ['a', 'b', 'c']) {
      await lane.submit([key])
      lane.formed.at(-1)?.onItsWay()
      await turn()
    }
    assert.deepEqual(lane.sizes(), [1, 1])
    await lane.ends(0)
    assert.deepEqual(lane.sizes(), [1, 1, 1])
  })

  test('takes half of all that is under way, so that neither half waits for the other', async () => {
    const lane = new Lane()
    await lane.submit(many(160))
    lane.formed[0]?.onItsWay()
    await turn()
    assert.deepEqual(lane.sizes(), [80, 80])
  })

  test('takes few at once and never more than its limit', async () => {
    const few = new Lane()
    await few.submit(many(30))
    assert.deepEqual(few.sizes(), [30])
    const lots = new Lane()
    await lots.submit(many(900))
    assert.deepEqual(lots.sizes(), [100])
  })

  test('keeps an intent, and all later ones of its stream, until the stream is settled', async () => {
    const lane = new Lane()
    await lane.submit(['a'], { changes: 'x' })
    await lane.submit(['b', 'c'], { changes: 'x' })
    await lane.submit(['d'], { changes: 'y' })
    lane.formed[0]?.onItsWay()
    await turn()
    assert.deepEqual(lane.formed[1]?.keys, ['d'])
    await lane.ends(0, 1)
    assert.deepEqual(lane.formed[2]?.keys, ['b', 'c'])
  })

  test('lets who only reads a stream wait for who changes it, and for nobody else', async () => {
    const lane = new Lane()
    await lane.submit(['a'], { reads: 'x' })
    await lane.submit(['b'], { reads: 'x' })
    await lane.submit(['c'], { changes: 'x' })
    lane.formed[0]?.onItsWay()
    await turn()
    assert.deepEqual(lane.formed[1]?.keys, ['b', 'c'])
    await lane.submit(['d'], { reads: 'x' })
    await lane.submit(['e'])
    lane.formed[0]?.end()
    lane.formed[1]?.onItsWay()
    await turn()
    await turn()
    assert.deepEqual(lane.formed[2]?.keys, ['e'])
    await lane.ends(1, 2)
    assert.deepEqual(lane.formed[3]?.keys, ['d'])
  })

  test('refuses what would wait behind too many', async () => {
    const lane = new Lane(3)
    await lane.submit(many(3))
    for (const key of ['a', 'b', 'c']) void lane.batcher.submit(intent(key))
    await assert.rejects(lane.batcher.submit(intent('d')), Unavailable)
  })

  test('is idle when nothing waits and nothing is written', async () => {
    const lane = new Lane()
    await lane.submit(['a'])
    let isIdle = false
    void lane.batcher.idle().then(() => (isIdle = true))
    await turn()
    assert.equal(isIdle, false)
    lane.formed[0]?.end()
    await turn()
    assert.equal(isIdle, true)
  })
})
