/** What every second level must do; run against each adapter. */
import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { MOST_SHARED_BYTES, type SecondLevel, type SharedAnswer } from './second-level.ts'

export function anAnswer(text: string | Buffer, more: Partial<SharedAnswer> = {}): SharedAnswer {
  return {
    bytes: Buffer.from(text),
    reach: { era: 3, xid: 123_456_789_012n },
    asOf: 1_763_000_000_123,
    touches: ['/catalog', 'Мʼяч'],
    size: 99,
    ...more,
  }
}

/** Asks until somebody who is not waited for has put it there. */
export async function found(level: SecondLevel, name: string): Promise<SharedAnswer | undefined> {
  for (let asked = 0; asked < 100; asked += 1) {
    const answer = await level.get(name)
    if (answer !== undefined) return answer
    await sleep(5)
  }
  return undefined
}

/** Puts and asks until the level is there, or there again, 5 s at most. */
export async function used(level: SecondLevel): Promise<void> {
  const since = performance.now()
  const name = aName()
  while ((await level.get(name)) === undefined) {
    assert(performance.now() - since < 5_000, 'it is not used')
    level.put(name, anAnswer('anything'), 5_000)
    await sleep(5)
  }
}

let names = 0
const aName = (): string => `${process.pid}:${(names += 1)}`

/** `level` must be used already. */
export function secondLevelConforms(what: string, level: () => SecondLevel): void {
  test(`${what}: what was put is found, with everything that was said of it`, async () => {
    const name = aName()
    const answer = anAnswer(Buffer.from([0, 255, 10, 13, 128]))
    level().put(name, answer, 5_000)
    assert.deepEqual(await found(level(), name), answer)
    assert.equal(await level().get(`${name}0`), undefined)
  })

  test(`${what}: an empty answer is an answer`, async () => {
    const name = aName()
    const answer = anAnswer('', { touches: [] })
    level().put(name, answer, 5_000)
    assert.deepEqual(await found(level(), name), answer)
  })

  test(`${what}: the second is in place of the first`, async () => {
    const name = aName()
    level().put(name, anAnswer('one'), 5_000)
    await found(level(), name)
    level().put(name, anAnswer('two'), 5_000)
    for (let asked = 0; (await found(level(), name))?.bytes.toString() !== 'two'; asked += 1) {
      assert(asked < 100, 'it is still the first')
    }
  })

  test(`${what}: it is gone when its time is over`, async () => {
    const name = aName()
    level().put(name, anAnswer('one'), 150)
    assert.notEqual(await found(level(), name), undefined)
    await sleep(200)
    assert.equal(await level().get(name), undefined)
  })

  test(`${what}: what is longer than the bound is not there`, async () => {
    const [long, short] = [aName(), aName()]
    level().put(long, anAnswer(Buffer.alloc(MOST_SHARED_BYTES + 1)), 5_000)
    level().put(short, anAnswer(Buffer.alloc(MOST_SHARED_BYTES - 1_000, 'x')), 5_000)
    assert.equal((await found(level(), short))?.bytes.length, MOST_SHARED_BYTES - 1_000)
    assert.equal(await level().get(long), undefined)
  })
}
