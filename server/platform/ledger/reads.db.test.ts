import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import { aDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import type { TenantId } from '../ids.ts'
import { ball, commit, gone, receive, setAside, sold, take } from '../write/commits.testing.ts'
import { balancesOf, freeOf, holdsNamed, holdsOf, movementsOf, type Movement } from './reads.ts'

const [A, B] = [1 as TenantId, 2 as TenantId]
const db = await aDatabase()
const writer = await writerOf(db)
const reads = readsOf(db)

after(async () => {
  await writer.close()
  await reads.close()
  await db[Symbol.asyncDispose]()
})

/** What a movement does to an account: to what it has, and to what is held of it. */
function effect(
  { verb, from, to, amount }: Movement,
  name: string,
): { posted: number; held: number } {
  const isMove = verb === 'move' || verb === 'post'
  const posted = (isMove && to === name ? amount : 0) - (isMove && from === name ? amount : 0)
  const held = verb === 'hold' ? amount : verb === 'move' || from !== name ? 0 : -amount
  return { posted, held }
}

test('every number says where it comes from, page by page, and shows nothing of another shop', async () => {
  const setUp = [receive(100), receive(40, 'lviv'), setAside('one', 5), setAside('two', 6)]
  assert((await commit(writer, { transfers: setUp })).ok)
  assert((await commit(writer, { tenant: B, transfers: [receive(7), setAside('one', 2)] })).ok)
  for (let each = 0; each < 10; each += 1)
    assert((await commit(writer, { transfers: [take(2)] })).ok)
  const post = { verb: 'post', id: 'one', to: sold, amount: 3, refusal: gone } as const
  assert((await commit(writer, { key: 'the-post', transfers: [post] })).ok)

  assert.deepEqual(await balancesOf(reads, A, ['BALL', 'NONE'], 'on-hand/'), [
    { unit: 'BALL', name: 'on-hand/kyiv', posted: 77, held: 6 },
    { unit: 'BALL', name: 'on-hand/lviv', posted: 40, held: 0 },
  ])
  assert.deepEqual(await freeOf(reads, A, ['BALL', 'NONE'], 'on-hand/'), [
    { unit: 'BALL', free: 111 },
  ])
  assert.deepEqual(await freeOf(reads, B, ['BALL'], 'on-hand/'), [{ unit: 'BALL', free: 5 }])

  const [hold] = await holdsOf(reads, A, 'BALL', 10)
  assert.deepEqual([hold?.id, hold?.account, hold?.amount], ['two', ball('kyiv'), 6])
  assert(Math.abs((hold?.until ?? 0) - Date.now() - 60_000) < 10_000)
  assert.deepEqual(await holdsNamed(reads, A, ['one', 'two', 'three']), [hold])

  const all: Movement[] = []
  for (let before: string | undefined; ; before = all.at(-1)?.position) {
    const page = await movementsOf(reads, A, ball('kyiv'), before, 4)
    all.push(...page)
    if (page.length < 4) break
  }
  const positions = all.map(({ position }) => Number(position))
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => b - a),
  )
  assert.equal(new Set(positions).size, all.length)
  const effects = all.map((each) => effect(each, 'on-hand/kyiv'))
  assert.equal(
    effects.reduce((sum, { posted }) => sum + posted, 0),
    77,
  )
  assert.equal(
    effects.reduce((sum, { held }) => sum + held, 0),
    6,
  )
  assert.equal(all.find(({ verb }) => verb === 'post')?.cause, 'suite the-post')
})
