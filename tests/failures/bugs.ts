/** Bugs that the failure tests must catch: planted one at a time in a copy of the tree, never switches. */

import { FUZZ_BUGS } from '../fuzz/bugs.ts'
import { ACCESS_BUGS } from '../authorization/bugs.ts'
import { MEMORY_BUGS } from './memory-bugs.ts'
import { RESTORE_BUGS } from './restore-bugs.ts'
import { SIMULATION_BUGS } from '../simulation/bugs.ts'
import { STEP_BUGS } from './step-bugs.ts'

/** One text of one file that becomes another. */
export interface Edit {
  /** From the root of the tree. */
  readonly file: string
  readonly right: string
  readonly wrong: string
  /** How often the right text is there; once when absent. */
  readonly times?: number
}

export interface Bug {
  readonly name: string
  readonly edits: readonly Edit[]
  /** The test file that must fail, from the root of the tree. */
  readonly caughtBy: string
}

/** Where the text of an edit is not as often as it should be; null when it fits. */
export function misfit({ file, right, times = 1 }: Edit, text: string): string | null {
  const found = text.split(right).length - 1
  return found === times ? null : `${file} has ${times} × "${right}" no more, but ${found}`
}

export const BUGS: readonly Bug[] = [
  {
    name: 'every try of a payment has a key of its own',
    edits: [
      {
        file: 'server/contexts/payments/commands/ask-provider.ts',
        right: 'provider.charge({ key: paymentId,',
        wrong: 'provider.charge({ key: String(Math.random()),',
      },
    ],
    caughtBy: 'tests/failures/kill.test.ts',
  },
  {
    name: 'idempotency keys are ignored',
    edits: [
      {
        file: 'server/platform/http/operation.ts',
        right: 'clientKey = key.value',
        wrong: 'clientKey = undefined',
      },
    ],
    caughtBy: 'tests/failures/kill.test.ts',
  },
  {
    name: 'a payment is settled whatever its state',
    edits: [
      {
        file: 'server/contexts/checkout/domain/fate.ts',
        right: `if (status === 'none' || transactionId !== null) return 'nothing'`,
        wrong: `if (status === 'none') return 'nothing'`,
      },
    ],
    caughtBy: 'tests/failures/twins.test.ts',
  },
  {
    name: 'the log is read by position alone',
    edits: [
      {
        file: 'server/platform/log/read.ts',
        right: 'pg_snapshot_xmin(pg_current_snapshot()) as xid, -1::bigint as position',
        wrong: `pg_snapshot_xmax(pg_current_snapshot()) as xid, (select coalesce(max(position), 0)
           from (select max(position) as position from platform.events
             union all select max(position) from platform.transfers) as newest) as position`,
      },
      ...(['e', 't'] as const).map((each) => ({
        file: 'server/platform/log/read.ts',
        right: `(${each}.era, ${each}.xid, ${each}.position) > (`,
        wrong: `(${each}.era, $2::xid8, ${each}.position) > (`,
      })),
      {
        file: 'server/platform/log/read.ts',
        right: '(era, xid, position) > (',
        wrong: '(era, $2::xid8, position) > (',
        times: 2,
      },
      {
        file: 'server/platform/log/read.ts',
        right: '(position = -1)::int',
        wrong: '1',
      },
    ],
    caughtBy: 'server/platform/log/subscriptions.db.test.ts',
  },
  {
    name: 'nobody takes up a payment whose process died',
    edits: [
      {
        file: 'server/contexts/checkout/context.ts',
        right: `'checkout.resume-payment': resumePayment(platform, ports)`,
        wrong: `'checkout.resume-payment': async () => {}`,
      },
    ],
    caughtBy: 'tests/failures/payments.test.ts',
  },
  {
    name: 'accounts are read without a lock',
    edits: [
      {
        file: 'server/platform/write/postgres-sql.ts',
        right: 'order by wanted.tenant_id, wanted.unit, wanted.name for update of a',
        wrong: 'order by wanted.tenant_id, wanted.unit, wanted.name',
        times: 2,
      },
    ],
    caughtBy: 'tests/failures/twins.test.ts',
  },
  {
    name: 'the answer comes before COMMIT',
    edits: [
      {
        file: 'server/platform/write/writer.ts',
        right: 'const refused = await session.write(settled.writes, onItsWay)',
        // The demo reads what it has just written, so it is left to be sown in peace.
        wrong: `if (members.every(({ caller }) => caller !== 'demo')) {
        this.answer(members, settled)
        await sleep(20)
      }
      const refused = await session.write(settled.writes, onItsWay)`,
      },
    ],
    caughtBy: 'tests/failures/kill.test.ts',
  },
  {
    name: 'keys are neither locked nor answered once',
    edits: [
      {
        // Without this one the second answer of a key fails its commit, which is tried again.
        file: 'server/platform/write/postgres-sql.ts',
        right: `case when k.at < excluded.at - interval '48 hours' then excluded.fingerprint end`,
        wrong: 'excluded.fingerprint',
      },
      {
        file: 'server/platform/write/postgres-sql.ts',
        right: 'select pg_advisory_xact_lock(hash) from',
        wrong: 'select hash from',
      },
    ],
    caughtBy: 'tests/failures/twins.test.ts',
  },
  {
    name: 'an order is cancelled while it is being paid',
    edits: [
      {
        file: 'server/contexts/checkout/commands/cancel-order.ts',
        right: `const isUnderWay = payment.status === 'processing' && !isGivenUp`,
        wrong: 'const isUnderWay = false',
      },
    ],
    caughtBy: 'tests/failures/twins.test.ts',
  },
  {
    name: 'a cancelled order keeps its units',
    edits: [
      {
        file: 'server/contexts/checkout/commands/cancel-order.ts',
        right: 'order.lines.flatMap(shelves.release)',
        wrong: '[]',
      },
    ],
    caughtBy: 'tests/failures/payments.test.ts',
  },
  {
    name: 'an error of an idle connection ends the process',
    edits: [
      {
        file: 'server/platform/db/connections.ts',
        right: `pool.on('error', onError)`,
        wrong: '',
      },
    ],
    caughtBy: 'tests/failures/connections.test.ts',
  },
  {
    name: 'a paused transaction is left alone',
    edits: [
      {
        file: 'server/platform/db/roles.ts',
        right: `idle_in_transaction_session_timeout: '2s',\n`,
        wrong: `idle_in_transaction_session_timeout: '20s', ...{ transaction_timeout: '20s' } } as {},
  torg_none: {`,
      },
    ],
    caughtBy: 'tests/failures/connections.test.ts',
  },
  {
    name: 'the listener closes before readiness does',
    edits: [{ file: 'server/main.ts', right: 'await sleep(config.drainNoticeMs)', wrong: '' }],
    caughtBy: 'tests/failures/drain.test.ts',
  },
  {
    name: 'a batch is tried again for as long as it takes',
    edits: [
      {
        file: 'server/platform/write/writer.ts',
        right: 'attempt < TRIES && clock.now() - since < PATIENCE_MS',
        wrong: 'attempt < TRIES * 10',
      },
    ],
    caughtBy: 'tests/failures/resiliency.test.ts',
  },
  {
    name: 'the provider is waited for',
    edits: [
      {
        file: 'server/contexts/payments/adapters/outside-calls.ts',
        right: 'timeout(timeoutMs, TimeoutStrategy.Aggressive)',
        wrong: 'timeout(timeoutMs * 100, TimeoutStrategy.Aggressive)',
      },
    ],
    caughtBy: 'tests/failures/resiliency.test.ts',
  },
  {
    name: 'news of a payment is booked whatever its state',
    edits: [
      {
        file: 'server/contexts/checkout/domain/fate.ts',
        right: `if (status === 'none' || transactionId !== null) return 'nothing'`,
        wrong: `if (status === 'none') return 'nothing'`,
      },
    ],
    caughtBy: 'tests/failures/deliveries.test.ts',
  },
  {
    name: 'versions of streams are not compared',
    edits: [
      {
        file: 'server/platform/write/settle.ts',
        right: 'if (current !== expected) return {',
        wrong: 'if (current > Number.MAX_SAFE_INTEGER) return {',
      },
    ],
    caughtBy: 'tests/failures/twins.test.ts',
  },
  {
    name: 'one unit is taken from accounts without a lock',
    edits: [
      {
        file: 'server/platform/write/postgres-sql.ts',
        right: 'order by wanted.tenant_id, wanted.unit, wanted.name for update of a',
        wrong: 'order by wanted.tenant_id, wanted.unit, wanted.name',
        times: 2,
      },
    ],
    caughtBy: 'tests/failures/races-one-unit.test.ts',
  },
  {
    name: 'a shelf is counted without a lock',
    edits: [
      {
        file: 'server/platform/write/postgres-sql.ts',
        right: 'order by wanted.tenant_id, wanted.unit, wanted.name for update of a',
        wrong: 'order by wanted.tenant_id, wanted.unit, wanted.name',
        times: 2,
      },
    ],
    caughtBy: 'tests/failures/races.test.ts',
  },
  {
    name: 'refunds are set aside from where there is always enough',
    edits: [
      {
        file: 'server/contexts/payments/domain/refund.ts',
        right: 'from: [paid(paymentId, amount.currency)],',
        wrong: `from: [{ ...paid(paymentId, amount.currency), name: 'world/buyers' }],`,
      },
    ],
    caughtBy: 'tests/failures/races.test.ts',
  },
  {
    name: 'sessions are counted before the sign-in commits',
    edits: [
      {
        file: 'server/contexts/identity/commands/sign-in.ts',
        right: `import { stream } from '#platform/write/commit'`,
        wrong: `import { see } from '#platform/log/streams'
import { stream } from '#platform/write/commit'`,
      },
      {
        file: 'server/contexts/identity/commands/sign-in.ts',
        right: 'const sessionId = ids.next()',
        wrong: `const { state: before } = await see(reads, tenant.id, stream(users, row.id))
    const sessionId = ids.next()`,
      },
      {
        file: 'server/contexts/identity/commands/sign-in.ts',
        right: 'givingWay(user, at)',
        wrong: 'givingWay(before, at)',
      },
    ],
    caughtBy: 'tests/failures/races-sign-in.test.ts',
  },
  {
    name: 'a refresh does not compare the token it replaces',
    edits: [
      {
        file: 'server/contexts/identity/commands/refresh-session.ts',
        right: 'const when = { secret_hash: session.secret_hash, ended: null }',
        wrong: 'const when = { ended: null }',
      },
    ],
    caughtBy: 'server/contexts/identity/sessions.db.test.ts',
  },
  {
    name: 'a refresh makes another token each time',
    edits: [
      {
        file: 'server/contexts/identity/commands/refresh-session.ts',
        right: 'const next = texts.next(given.secret)',
        wrong: 'const next = texts.make()',
      },
    ],
    caughtBy: 'tests/failures/races-sign-in.test.ts',
  },
  {
    name: 'a refresh token may be shown again for ever',
    edits: [
      {
        file: 'server/contexts/identity/domain/session.ts',
        right: 'SHOWN_AGAIN_MS = 10_000',
        wrong: 'SHOWN_AGAIN_MS = 10_000_000_000',
      },
    ],
    caughtBy: 'server/contexts/identity/identity.db.test.ts',
  },
  {
    name: 'a refresh does not look whether its session has ended meanwhile',
    edits: [
      {
        file: 'server/contexts/identity/commands/refresh-session.ts',
        right: 'const when = { secret_hash: session.secret_hash, ended: null }',
        wrong: 'const when = { secret_hash: session.secret_hash }',
      },
    ],
    caughtBy: 'tests/failures/races-sign-in.test.ts',
  },
  {
    name: 'a claim is decided on what was seen before',
    edits: [
      {
        file: 'server/contexts/cart/commands/claim-cart.ts',
        right: 'const { promisedUntil } = pricing',
        wrong: `const { promisedUntil } = pricing
      const seen = {
        guest: (await see(reads, tenant.id, stream(carts, cartId))).state,
        mine: (await see(reads, tenant.id, stream(carts, mineId ?? ids.next()))).state,
      }`,
      },
      {
        file: 'server/contexts/cart/commands/claim-cart.ts',
        right: 'decide: (states, at) => decide(claim, states, at),',
        wrong: 'decide: (_states, at) => decide(claim, seen, at),',
      },
    ],
    caughtBy: 'tests/failures/races-sign-in.test.ts',
  },
  {
    name: 'the lease of a killed worker is waited for',
    edits: [
      {
        file: 'server/platform/log/checkpoints.ts',
        right: `
       or pg_try_advisory_xact_lock(hashtext(name), (token % 2147483647)::int))`,
        wrong: ')',
      },
    ],
    caughtBy: 'tests/failures/roles.test.ts',
  },
  ...ACCESS_BUGS,
  ...FUZZ_BUGS,
  ...MEMORY_BUGS,
  ...RESTORE_BUGS,
  ...SIMULATION_BUGS,
  ...STEP_BUGS,
  {
    name: 'no state of a stream is remembered',
    edits: [
      {
        file: 'server/platform/write/states.ts',
        right: 'this.cache.set(name, folded)',
        wrong: 'void [name, folded]',
      },
    ],
    caughtBy: 'tests/journeys/statements.test.ts',
  },
  {
    name: 'who orders a cart looks a product up for nothing',
    edits: [
      {
        file: 'server/contexts/checkout/commands/place-order.ts',
        right: 'await carts.recall(tenant.id, source.cartId)',
        wrong:
          '(await offers.skusOf(tenant.id, orderId), await carts.recall(tenant.id, source.cartId))',
      },
    ],
    caughtBy: 'tests/journeys/statements.test.ts',
  },
  {
    name: 'who loses to another process gives up soon',
    edits: [
      {
        file: 'server/platform/write/writer.ts',
        right: 'const LOSSES = 40',
        wrong: 'const LOSSES = 2',
      },
    ],
    caughtBy: 'tests/failures/races-one-stream.test.ts',
  },
  {
    name: 'a version is the same whoever made it',
    edits: [
      {
        file: 'server/platform/write/settle.ts',
        right: 'if (this.unreal.has(name))',
        wrong: 'if (false as boolean)',
      },
    ],
    caughtBy: 'server/platform/write/settle.test.ts',
  },
]
