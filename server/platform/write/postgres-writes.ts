import type pg from 'pg'

import { inOrder, run } from '../db/connections.ts'
import { sql, texts } from './postgres-sql.ts'
import type { TenantId } from '../ids.ts'
import type { OpenHold } from '../ledger/transfer.ts'
import type { Timer } from './commit.ts'
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
        texts(events.map(({ stream }) => stream)),
        events.map(({ version }) => version),
        texts(events.map(({ event }) => event.type)),
        texts(events.map(({ event: { type: _, ...data } }) => JSON.stringify(data))),
        texts(events.map(({ cause }) => cause)),
        era,
        now,
      ]),
    )
  }
  if (transfers.length > 0) {
    sent.push(
      run(client, sql.insertTransfers, [
        transfers.map(({ tenant }) => tenant),
        texts(transfers.map(({ entry }) => entry.verb)),
        texts(transfers.map(({ entry }) => entry.from.unit)),
        texts(transfers.map(({ entry }) => entry.from.name)),
        texts(transfers.map(({ entry }) => entry.to.name)),
        transfers.map(({ entry }) => entry.amount),
        texts(transfers.map(({ entry }) => entry.hold ?? '')),
        texts(transfers.map(({ cause }) => cause)),
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
      texts(answers.map(({ caller }) => caller)),
      texts(answers.map(({ key }) => key)),
      texts(answers.map(({ fingerprint }) => fingerprint)),
      texts(answers.map(({ answer }) => JSON.stringify(answer ?? null))),
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
          texts(some.map(({ stream }) => stream)),
          some.map(({ version }) => version),
        ]),
      )
    }
    const touched = accounts.filter((each) => each.isNew === isNew)
    if (touched.length > 0) {
      sent.push(
        run(client, isNew ? sql.insertAccounts : sql.updateAccounts, [
          touched.map(({ tenant }) => tenant),
          texts(touched.map(({ account }) => account.unit)),
          texts(touched.map(({ account }) => account.name)),
          touched.map(({ balance }) => balance.posted),
          touched.map(({ balance }) => balance.held),
        ]),
      )
    }
  }
  sent.push(...writeHolds(client, [...writes.holds.values()]))
  sent.push(...writeTimers(client, writes))
  return sent
}

/** What was made and let go within one batch was never there. */
function writeHolds(
  client: pg.PoolClient,
  holds: readonly { tenant: TenantId; id: string; hold: OpenHold | undefined; isNew: boolean }[],
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  const gone = holds.filter(({ hold, isNew }) => hold === undefined && !isNew)
  if (gone.length > 0) {
    const tenants = gone.map(({ tenant }) => tenant)
    sent.push(run(client, sql.deleteHolds, [tenants, texts(gone.map(({ id }) => id))]))
  }
  for (const isNew of [true, false]) {
    const open = holds.flatMap(({ tenant, hold, isNew: made }) =>
      hold === undefined || made !== isNew ? [] : [{ tenant, hold }],
    )
    if (open.length === 0) continue
    sent.push(
      run(client, isNew ? sql.insertHolds : sql.updateHolds, [
        open.map(({ tenant }) => tenant),
        texts(open.map(({ hold }) => hold.id)),
        texts(open.map(({ hold }) => hold.account.unit)),
        texts(open.map(({ hold }) => hold.account.name)),
        open.map(({ hold }) => hold.amount),
        open.map(({ hold }) => hold.until),
      ]),
    )
  }
  return sent
}

function writeTimers(client: pg.PoolClient, { timers, now }: BatchWrites): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  const cleared: { tenant: TenantId; id: string }[] = []
  const set: { tenant: TenantId; timer: Extract<Timer, { readonly set: string }> }[] = []
  for (const { tenant, timer } of timers.values()) {
    if ('clear' in timer) cleared.push({ tenant, id: timer.clear })
    else set.push({ tenant, timer })
  }
  if (cleared.length > 0) {
    const tenants = cleared.map(({ tenant }) => tenant)
    sent.push(run(client, sql.clearTimers, [tenants, texts(cleared.map(({ id }) => id))]))
  }
  if (set.length > 0) {
    sent.push(
      run(client, sql.setTimers, [
        set.map(({ tenant }) => tenant),
        texts(set.map(({ timer }) => timer.set)),
        texts(set.map(({ timer }) => timer.kind)),
        set.map(({ timer }) => now + timer.inSeconds * 1000),
        texts(set.map(({ timer }) => JSON.stringify(timer.data))),
      ]),
    )
  }
  return sent
}
