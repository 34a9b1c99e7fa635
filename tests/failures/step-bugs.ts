/** Bugs of long processes and of PostgreSQL's bad moments that the failure tests must catch. */

export const STEP_BUGS = [
  {
    name: 'a step is missing from the definition',
    edits: [
      {
        file: 'server/contexts/checkout/domain/steps.ts',
        right: `    { name: 'fulfilled', appends: ['order.fulfilled'], moves: [] },\n`,
        wrong: '',
      },
    ],
    caughtBy: 'tests/tidy/processes.test.ts',
  },
  {
    // The guard would throw it out at the first payment, so it goes too.
    name: 'an attempt is noted without its timer',
    edits: [
      {
        file: 'server/platform/process.ts',
        right: `if (timers.some((timer) => 'kind' in timer && timer.kind === kind)) continue`,
        wrong: 'if (kind.length > 0) continue',
      },
      {
        file: 'server/contexts/checkout/commands/pay.ts',
        right: 'timers: [resumption(paymentId)],',
        wrong: `timers: [{ ...resumption(paymentId), set: 'nothing', kind: 'checkout.none' }],`,
      },
    ],
    caughtBy: 'tests/failures/steps.test.ts',
  },
  {
    name: 'a server that takes no writes is taken for bad data',
    edits: [
      {
        file: 'server/platform/write/postgres-store.ts',
        right: 'isPassing(error) || isReadOnly(error) ||',
        wrong: 'isPassing(error) ||',
      },
    ],
    caughtBy: 'tests/failures/database.test.ts',
  },
  {
    name: 'a connection to a server that takes no writes is kept',
    edits: [
      {
        file: 'server/platform/write/postgres-line.ts',
        right: 'if (isReadOnly(why)) this.track.isBroken = true',
        wrong: 'void isReadOnly(why)',
      },
    ],
    caughtBy: 'tests/failures/database.test.ts',
  },
]
