/** Bugs that the failure tests must catch: planted one at a time in a copy of the tree, never switches. */

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
        right: `\n       where k.at < excluded.at - interval '48 hours'`,
        wrong: '',
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
        right: 'order.lines.map(({ holdId }) => shelves.release(holdId))',
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
]
