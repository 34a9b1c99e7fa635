/** Of the suite of every store: units that are moved, held, posted and let go. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Transfer } from '../ledger/transfer.ts'
import {
  A,
  ball,
  commit,
  fresh,
  gone,
  receive,
  setAside,
  short,
  sold,
  take,
  type Open,
} from './commits.testing.ts'

export function transfersOfTheLedger(open: Open): void {
  test('units are moved, and no more than there are', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(5)] })
    const outcome = await commit(subject.writer, { transfers: [take(6)] })
    assert.deepEqual(outcome, { ok: false, refusal: { ...short, free: 5 } })
    assert((await commit(subject.writer, { transfers: [take(5)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 0, held: 0 })
    assert.deepEqual(new Set(await subject.sums()), new Set([0]))
  })

  test('the transfers of a commit happen all or none, and with them its events', async () => {
    await using subject = await open()
    const id = fresh('tally')
    await commit(subject.writer, { transfers: [receive(5)] })
    const outcome = await commit(subject.writer, { id, transfers: [take(3), take(3)] })
    assert(!outcome.ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 0 })
    assert.equal(await subject.replay(A, id), 0)
  })

  test('of several source accounts the first with enough gives all', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(2, 'kyiv'), receive(9, 'lviv')] })
    assert((await commit(subject.writer, { transfers: [take(3, 'kyiv', 'lviv')] })).ok)
    assert.equal((await subject.balance(A, ball('kyiv'))).posted, 2)
    assert.equal((await subject.balance(A, ball('lviv'))).posted, 6)
    const outcome = await commit(subject.writer, { transfers: [take(7, 'kyiv', 'lviv')] })
    assert.deepEqual(outcome, { ok: false, refusal: { ...short, free: 6 } })
  })

  test('a hold says which account it was taken from and until when', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(1, 'kyiv'), receive(3, 'lviv')] })
    const outcome = await commit<{ name: string; seconds: number }>(subject.writer, {
      transfers: [setAside(id, 2, ['kyiv', 'lviv'], 90)],
      answer: ({ at, holds }: { at: number; holds: ReadonlyMap<string, any> }) => ({
        name: holds.get(id).account.name,
        seconds: (holds.get(id).until - at) / 1000,
      }),
    })
    assert(outcome.ok)
    assert.deepEqual(outcome.value.answer, { name: 'on-hand/lviv', seconds: 90 })
    assert.deepEqual(await subject.balance(A, ball('lviv')), { posted: 3, held: 2 })
  })

  test('what is held can be extended, posted in part, posted whole and voided', async () => {
    await using subject = await open()
    const [first, second, third] = [fresh('hold'), fresh('hold'), fresh('hold')]
    await commit(subject.writer, {
      transfers: [receive(10), setAside(first, 4), setAside(second, 3), setAside(third, 2)],
    })
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 10, held: 9 })
    const extend: Transfer = { verb: 'extend', id: first, forSeconds: 600, refusal: gone }
    const part: Transfer = { verb: 'post', id: first, to: sold, amount: 1, refusal: gone }
    const whole: Transfer = { verb: 'post', id: second, to: sold, refusal: gone }
    for (const transfer of [extend, part, whole, { verb: 'void', id: third } as const]) {
      assert((await commit(subject.other, { transfers: [transfer] })).ok)
    }
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 6, held: 0 })
    assert.deepEqual(await commit(subject.writer, { transfers: [part] }), {
      ok: false,
      refusal: gone,
    })
    assert((await commit(subject.writer, { transfers: [{ verb: 'void', id: third }] })).ok)
    assert.deepEqual(new Set(await subject.sums()), new Set([0]))
  })

  test('a hold of a known id is replaced, its own units counting as free', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(5), setAside(id, 3)] })
    assert((await commit(subject.writer, { transfers: [setAside(id, 5)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 5 })
    assert(!(await commit(subject.writer, { transfers: [setAside(id, 6)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 5 })
  })

  test('a hold that was said to be new and was not is never there twice', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(9)] })
    const take2 = { ...setAside('cart/ball', 2), isNew: true } as Transfer
    const take4 = { ...setAside('cart/ball', 4), isNew: true } as Transfer
    assert((await commit(subject.writer, { transfers: [take2] })).ok)
    const again = commit(subject.writer, { transfers: [take4] })
    const neighbor = commit(subject.writer, { transfers: [take(1)] })
    assert((await again).ok)
    assert((await neighbor).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 8, held: 4 })
  })

  test('holding again for less time takes no time away', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(2), setAside(id, 2, ['kyiv'], 7200)] })
    assert((await commit(subject.writer, { transfers: [setAside(id, 2, ['kyiv'], 1)] })).ok)
    await subject.lapse()
    assert(!(await commit(subject.writer, { transfers: [setAside(fresh('hold'), 1)] })).ok)
    await subject.lapse()
    assert((await commit(subject.writer, { transfers: [setAside(fresh('hold'), 1)] })).ok)
  })

  test('a hold slides with every wish, but never beyond the limit of its whole life', async () => {
    await using subject = await open()
    const id = fresh('hold')
    const lastsUntil = async (transfer: Transfer): Promise<readonly [number, number]> => {
      const outcome = await commit<{ since: number; until: number }>(subject.writer, {
        transfers: [transfer],
        answer: ({ holds }: { holds: ReadonlyMap<string, any> }) => {
          const { since, until } = holds.get(id)
          return { since, until }
        },
      })
      assert(outcome.ok)
      const { since, until } = outcome.value.answer
      return [since, (until - since) / 1000]
    }
    await commit(subject.writer, { transfers: [receive(9)] })
    const limits = { forSeconds: 300, atMostSeconds: 400 }
    const [began, first] = await lastsUntil({ ...setAside(id, 2), ...limits } as Transfer)
    assert.equal(first, 300)
    const more = { ...setAside(id, 3), forSeconds: 500, atMostSeconds: 400 } as Transfer
    assert.deepEqual(await lastsUntil(more), [began, 400], 'another amount is the same hold')
    const longer: Transfer = { verb: 'extend', id, forSeconds: 999, atMostSeconds: 450 }
    assert.deepEqual(await lastsUntil(longer), [began, 450])
    const [, beyond] = await lastsUntil({ ...setAside(id, 4, ['kyiv'], 900) })
    assert(beyond >= 900, 'without a limit it is as long as it is wanted')
    await subject.lapse()
    const [anew, again] = await lastsUntil({ ...setAside(id, 2), ...limits } as Transfer)
    assert(anew >= began)
    assert.equal(again, 300, 'one that lapsed begins anew')
  })

  test('extending without a refusal leaves a hold that lapsed as it is', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(3), setAside(id, 3)] })
    await subject.lapse()
    assert(
      (await commit(subject.writer, { transfers: [{ verb: 'extend', id, forSeconds: 9 }] })).ok,
    )
    assert((await commit(subject.writer, { transfers: [setAside(fresh('hold'), 3)] })).ok)
  })

  test('a hold that chooses anew moves to an earlier account with enough, and else stays', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(2, 'kyiv'), receive(3, 'lviv')] })
    assert((await commit(subject.writer, { transfers: [setAside(id, 2, ['kyiv', 'lviv'])] })).ok)
    const anew = (...from: string[]) =>
      ({ ...setAside(id, 2, from), choosesAnew: true }) as unknown as Transfer
    assert((await commit(subject.writer, { transfers: [anew('odesa', 'kyiv')] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 2, held: 2 })
    assert((await commit(subject.writer, { transfers: [anew('lviv', 'kyiv')] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 2, held: 0 })
    assert.deepEqual(await subject.balance(A, ball('lviv')), { posted: 3, held: 2 })
    assert((await commit(subject.writer, { transfers: [setAside(id, 2, ['kyiv', 'lviv'])] })).ok)
    assert.equal((await subject.balance(A, ball('lviv'))).held, 2, 'without that it stays')
  })

  test('a lapsed hold never blocks a buyer, and posting or extending it is refused', async () => {
    await using subject = await open()
    const [old, next] = [fresh('hold'), fresh('hold')]
    await commit(subject.writer, { transfers: [receive(5), setAside(old, 5)] })
    assert(!(await commit(subject.writer, { transfers: [setAside(next, 4)] })).ok)
    await subject.lapse()
    const post: Transfer = { verb: 'post', id: old, to: sold, refusal: gone }
    const extend: Transfer = { verb: 'extend', id: old, forSeconds: 9, refusal: gone }
    for (const transfer of [post, extend]) {
      const late = await commit(subject.writer, { transfers: [transfer] })
      assert.deepEqual(late, { ok: false, refusal: gone })
    }
    assert((await commit(subject.writer, { transfers: [setAside(next, 4)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 4 })
  })

  test('no more lapsed holds are reclaimed than units are missing', async () => {
    await using subject = await open()
    const holds = Array.from({ length: 5 }, () => setAside(fresh('hold'), 2))
    await commit(subject.writer, { transfers: [receive(10), ...holds] })
    await subject.lapse()
    assert((await commit(subject.writer, { transfers: [setAside(fresh('hold'), 3)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 10, held: 9 })
  })

  test('reclaiming takes a hold that has lapsed and leaves one that has not', async () => {
    await using subject = await open()
    const [old, live] = [fresh('hold'), fresh('hold')]
    const reclaim = [old, live].map((id): Transfer => ({ verb: 'reclaim', id }))
    await commit(subject.writer, { transfers: [receive(5), setAside(old, 2)] })
    await subject.lapse()
    await commit(subject.writer, { transfers: [setAside(live, 1)] })
    assert((await commit(subject.writer, { transfers: reclaim })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 1 })
  })

  test('a count sets the amount under the lock and never below what is held', async () => {
    await using subject = await open()
    const count = (amount: number): Transfer => ({
      verb: 'count',
      account: ball('kyiv'),
      amount,
      against: { name: 'world/count', unit: 'BALL' },
      refusal: short,
    })
    await commit(subject.writer, { transfers: [count(7), setAside(fresh('hold'), 4)] })
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 7, held: 4 })
    const below = await commit(subject.writer, { transfers: [count(3)] })
    assert.deepEqual(below, { ok: false, refusal: { ...short, free: 3, held: 4 } })
    assert((await commit(subject.writer, { transfers: [count(4)] })).ok)
    assert.deepEqual(new Set(await subject.sums()), new Set([0]))
  })
}
