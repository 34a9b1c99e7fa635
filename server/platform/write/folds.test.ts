import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import type { Aggregate, DomainEvent } from './commit.ts'
import { foldOf, hashOfSources } from './folds.ts'
import { fold, foldNew, nothing } from './states.ts'

interface Noted extends DomainEvent {
  readonly type: 'noted'
}

const notes: Aggregate<number, Noted> = {
  kind: 'note',
  initial: 0,
  apply: (count) => count + 1,
}

test('a fold is known by its function, by what it begins with and by its kind', () => {
  const folds = [
    notes,
    { ...notes, kind: 'other' },
    { ...notes, initial: 1 },
    { ...notes, apply: (count: number) => count + 2 },
  ].map((each) => foldOf(each))
  assert.equal(new Set(folds).size, 4)
  assert.equal(foldOf({ ...notes }), folds[0], 'and by nothing else')
})

test('a change to any source that a fold may call is a change of the fold', async () => {
  const real = join(import.meta.dirname, '..', '..')
  const server = await mkdtemp(join(tmpdir(), 'torg-folds-'))
  try {
    for (const part of ['contexts/orders', 'contexts/inventory', 'platform']) {
      await cp(join(real, part), join(server, part), { recursive: true })
    }
    const before = hashOfSources(server)
    const change = async (path: string): Promise<boolean> => {
      const file = join(server, path)
      const text = await readFile(file, 'utf8')
      await writeFile(file, `${text}\n`)
      const isOther = hashOfSources(server) !== before
      await writeFile(file, text)
      return isOther
    }
    for (const path of [
      'contexts/orders/domain/order.ts',
      'contexts/orders/contract.ts',
      'contexts/inventory/accounts.ts',
      'platform/money.ts',
    ]) {
      assert(await change(path), path)
    }
    for (const path of ['contexts/orders/domain/order.test.ts', 'contexts/orders/http/routes.ts']) {
      assert(!(await change(path)), path)
    }
  } finally {
    await rm(server, { recursive: true })
  }
})

test('the time of a state is the latest of its events, even if the clock was set back', () => {
  const untyped = notes as unknown as Aggregate<unknown, DomainEvent>
  const event = { type: 'noted' }
  const two = fold(untyped, nothing(untyped), [
    { version: 1, event, at: 500 },
    { version: 2, event, at: 300 },
  ])
  assert.deepEqual(two, { version: 2, state: 2, at: 500 })
  assert.deepEqual(foldNew(untyped, two, [event], 400), { version: 3, state: 3, at: 500 })
})
