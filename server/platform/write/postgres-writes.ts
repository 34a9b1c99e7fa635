import type { Asked } from './joined.ts'
import { numbers, sql, texts } from './postgres-sql.ts'
import type { TenantId } from '../ids.ts'
import type { OpenHold } from '../ledger/transfer.ts'
import type { Timer } from './commit.ts'
import type { BatchWrites } from './settle.ts'
import { BadData } from './store.ts'

/** Answers are kept for a key; one so long (in characters of JSON) is a bug of its context. */
const LONGEST_ANSWER = 65_536

/**
 * Everything a batch writes but the contexts' rows, each kind in one statement. All of it is made
 * before anything is sent: what cannot be sent must not leave half a batch before a `COMMIT`.
 */
export function statementsOf(era: number, writes: BatchWrites): readonly Asked[] {
  const { events, transfers, answers, now } = writes
  const asked: Asked[] = []
  if (events.length > 0) {
    asked.push([
      sql.insertEvents,
      [
        numbers(events.map(({ tenant }) => tenant)),
        texts(events.map(({ stream }) => stream)),
        numbers(events.map(({ version }) => version)),
        texts(events.map(({ event }) => event.type)),
        texts(events.map(({ data }) => data)),
        texts(events.map(({ cause }) => cause)),
        era,
        now,
      ],
    ])
  }
  if (transfers.length > 0) {
    asked.push([
      sql.insertTransfers,
      [
        numbers(transfers.map(({ tenant }) => tenant)),
        texts(transfers.map(({ entry }) => entry.verb)),
        texts(transfers.map(({ entry }) => entry.from.unit)),
        texts(transfers.map(({ entry }) => entry.from.name)),
        texts(transfers.map(({ entry }) => entry.to.name)),
        numbers(transfers.map(({ entry }) => entry.amount)),
        texts(transfers.map(({ entry }) => entry.hold ?? '')),
        texts(transfers.map(({ cause }) => cause)),
        era,
        now,
      ],
    ])
  }
  asked.push(...stateStatements(writes))
  const slot = Math.floor(now / 86_400_000) % 4
  asked.push([
    sql.insertAnswers,
    [
      numbers(answers.map(({ tenant }) => tenant)),
      texts(answers.map(({ caller }) => caller)),
      texts(answers.map(({ key }) => key)),
      texts(answers.map(({ fingerprint }) => fingerprint)),
      texts(answers.map(answerText)),
      slot,
      now,
    ],
  ])
  return asked
}

function answerText({ answer }: { readonly answer: unknown }): string {
  const text = JSON.stringify(answer ?? null)
  if (text.length > LONGEST_ANSWER) throw new BadData(`an answer of ${text.length} characters`)
  return text
}

function stateStatements(writes: BatchWrites): Asked[] {
  const asked: Asked[] = []
  const streams = [...writes.streams.values()]
  const accounts = [...writes.accounts.values()]
  for (const isNew of [true, false]) {
    const some = streams.filter((each) => each.isNew === isNew)
    if (some.length > 0) {
      asked.push([
        isNew ? sql.insertStreams : sql.updateStreams,
        [
          numbers(some.map(({ tenant }) => tenant)),
          texts(some.map(({ stream }) => stream)),
          numbers(some.map(({ version }) => version)),
        ],
      ])
    }
    const touched = accounts.filter((each) => each.isNew === isNew)
    if (touched.length > 0) {
      asked.push([
        isNew ? sql.insertAccounts : sql.updateAccounts,
        [
          numbers(touched.map(({ tenant }) => tenant)),
          texts(touched.map(({ account }) => account.unit)),
          texts(touched.map(({ account }) => account.name)),
          numbers(touched.map(({ balance }) => balance.posted)),
          numbers(touched.map(({ balance }) => balance.held)),
        ],
      ])
    }
  }
  asked.push(...holdStatements([...writes.holds.values()]))
  asked.push(...timerStatements(writes))
  return asked
}

/** What was made and let go within one batch was never there. */
function holdStatements(
  holds: readonly { tenant: TenantId; id: string; hold: OpenHold | undefined; isNew: boolean }[],
): Asked[] {
  const asked: Asked[] = []
  const gone = holds.filter(({ hold, isNew }) => hold === undefined && !isNew)
  if (gone.length > 0) {
    const tenants = numbers(gone.map(({ tenant }) => tenant))
    asked.push([sql.deleteHolds, [tenants, texts(gone.map(({ id }) => id))]])
  }
  for (const isNew of [true, false]) {
    const open = holds.flatMap(({ tenant, hold, isNew: made }) =>
      hold === undefined || made !== isNew ? [] : [{ tenant, hold }],
    )
    if (open.length === 0) continue
    asked.push([
      isNew ? sql.insertHolds : sql.updateHolds,
      [
        numbers(open.map(({ tenant }) => tenant)),
        texts(open.map(({ hold }) => hold.id)),
        texts(open.map(({ hold }) => hold.account.unit)),
        texts(open.map(({ hold }) => hold.account.name)),
        numbers(open.map(({ hold }) => hold.amount)),
        numbers(open.map(({ hold }) => hold.until)),
        numbers(open.map(({ hold }) => hold.since)),
      ],
    ])
  }
  return asked
}

function timerStatements({ timers, now }: BatchWrites): Asked[] {
  const asked: Asked[] = []
  const cleared: { tenant: TenantId; id: string }[] = []
  const set: { tenant: TenantId; timer: Extract<Timer, { readonly set: string }> }[] = []
  for (const { tenant, timer } of timers.values()) {
    if ('clear' in timer) cleared.push({ tenant, id: timer.clear })
    else set.push({ tenant, timer })
  }
  if (cleared.length > 0) {
    const tenants = numbers(cleared.map(({ tenant }) => tenant))
    asked.push([sql.clearTimers, [tenants, texts(cleared.map(({ id }) => id))]])
  }
  if (set.length > 0) {
    asked.push([
      sql.setTimers,
      [
        numbers(set.map(({ tenant }) => tenant)),
        texts(set.map(({ timer }) => timer.set)),
        texts(set.map(({ timer }) => timer.kind)),
        numbers(set.map(({ timer }) => now + timer.inSeconds * 1000)),
        texts(set.map(({ timer }) => JSON.stringify(timer.data))),
      ],
    ])
  }
  return asked
}
