import type pg from 'pg'

import { inOrder, run } from '../db/connections.ts'
import { sql } from './postgres-sql.ts'
import type { BatchWrites } from './settle.ts'

/** Sends everything a batch writes but the contexts' rows, each kind in one statement. */
export async function writeBatch(
  client: pg.PoolClient,
  era: number,
  writes: BatchWrites,
): Promise<void> {
  const { events, transfers, answers, now } = writes
  const sent: Promise<unknown>[] = []
  if (events.length > 0) {
    sent.push(
      run(client, sql.insertEvents, [
        events.map(({ tenant }) => tenant),
        events.map(({ stream }) => stream),
        events.map(({ version }) => version),
        events.map(({ event }) => event.type),
        events.map(({ event: { type: _, ...data } }) => JSON.stringify(data)),
        events.map(({ cause }) => cause),
        era,
        now,
      ]),
    )
  }
  if (transfers.length > 0) {
    sent.push(
      run(client, sql.insertTransfers, [
        transfers.map(({ tenant }) => tenant),
        transfers.map(({ entry }) => entry.verb),
        transfers.map(({ entry }) => entry.from.unit),
        transfers.map(({ entry }) => entry.from.name),
        transfers.map(({ entry }) => entry.to.name),
        transfers.map(({ entry }) => entry.amount),
        transfers.map(({ entry }) => entry.hold ?? null),
        transfers.map(({ cause }) => cause),
        era,
        now,
      ]),
    )
  }
  sent.push(...writeState(client, writes))
  const slot = Math.floor(now / 86_400_000) % 4
  sent.push(
    run(client, sql.insertAnswers, [
      answers.map(({ tenant }) => tenant),
      answers.map(({ caller }) => caller),
      answers.map(({ key }) => key),
      answers.map(({ fingerprint }) => fingerprint),
      answers.map(({ answer }) => JSON.stringify(answer ?? null)),
      slot,
      now,
    ]),
  )
  await inOrder(sent)
}

/** Streams, accounts, holds and timers: sent together, answered together. */
function writeState(client: pg.PoolClient, writes: BatchWrites): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  const streams = [...writes.streams.values()]
  const accounts = [...writes.accounts.values()]
  for (const isNew of [true, false]) {
    const some = streams.filter((each) => each.isNew === isNew)
    if (some.length > 0) {
      sent.push(
        run(client, isNew ? sql.insertStreams : sql.updateStreams, [
          some.map(({ tenant }) => tenant),
          some.map(({ stream }) => stream),
          some.map(({ version }) => version),
        ]),
      )
    }
    const touched = accounts.filter((each) => each.isNew === isNew)
    if (touched.length > 0) {
      sent.push(
        run(client, isNew ? sql.insertAccounts : sql.updateAccounts, [
          touched.map(({ tenant }) => tenant),
          touched.map(({ account }) => account.unit),
          touched.map(({ account }) => account.name),
          touched.map(({ balance }) => balance.posted),
          touched.map(({ balance }) => balance.held),
        ]),
      )
    }
  }
  const gone = [...writes.holds.values()].filter(({ hold }) => hold === undefined)
  if (gone.length > 0) {
    const tenants = gone.map(({ tenant }) => tenant)
    sent.push(run(client, sql.deleteHolds, [tenants, gone.map(({ id }) => id)]))
  }
  const open = [...writes.holds.values()].flatMap(({ tenant, hold }) =>
    hold === undefined ? [] : [{ tenant, hold }],
  )
  if (open.length > 0) {
    sent.push(
      run(client, sql.upsertHolds, [
        open.map(({ tenant }) => tenant),
        open.map(({ hold }) => hold.id),
        open.map(({ hold }) => hold.account.unit),
        open.map(({ hold }) => hold.account.name),
        open.map(({ hold }) => hold.amount),
        open.map(({ hold }) => hold.until),
      ]),
    )
  }
  for (const { tenant, timer } of writes.timers) {
    sent.push(
      'clear' in timer
        ? run(client, sql.clearTimer, [tenant, timer.clear])
        : run(client, sql.setTimer, [
            tenant,
            timer.set,
            timer.kind,
            writes.now + timer.inSeconds * 1000,
            JSON.stringify(timer.data),
          ]),
    )
  }
  return sent
}
