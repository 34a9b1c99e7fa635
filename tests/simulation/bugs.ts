/** Bugs that the simulation must find, planted one at a time in a copy of the tree. */
import type { Bug } from '../failures/bugs.ts'

const caughtBy = 'tests/simulation/simulation.test.ts'

export const SIMULATION_BUGS: readonly Bug[] = [
  {
    name: 'simulated: a payment is settled whatever its state',
    edits: [
      {
        file: 'server/contexts/checkout/domain/fate.ts',
        right: `if (status === 'none' || transactionId !== null) return 'nothing'`,
        wrong: `if (status === 'none') return 'nothing'`,
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: every try of a payment has a key of its own',
    edits: [
      {
        file: 'server/contexts/payments/commands/ask-provider.ts',
        right: 'provider.charge({ key: paymentId,',
        wrong: 'provider.charge({ key: String(Math.random()),',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: nobody takes up a payment whose process died',
    edits: [
      {
        file: 'server/contexts/checkout/context.ts',
        right: `'checkout.resume-payment': resumePayment(platform, ports)`,
        wrong: `'checkout.resume-payment': async () => {}`,
      },
      {
        // Nor does the reconciler, which would.
        file: 'server/contexts/checkout/context.ts',
        right: 'jobs: [reconcilePayments(platform, ports)]',
        wrong: 'jobs: []',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a payment that was given up is looked for no more',
    edits: [
      {
        file: 'server/contexts/checkout/commands/chase-payment.ts',
        right: `payment.status !== 'processing' && !mayBeTakenYet(payment)`,
        wrong: `payment.status !== 'processing'`,
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a timer that has done its work sets itself anew',
    edits: [
      {
        file: 'server/contexts/checkout/commands/chase-payment.ts',
        right: `found === 'over' ? { clear: id } : later`,
        wrong: 'later',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a cancelled order keeps its units',
    edits: [
      {
        file: 'server/contexts/checkout/commands/cancel-order.ts',
        right: 'order.lines.flatMap(shelves.release)',
        wrong: '[]',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a bundle lets go of its first component alone',
    edits: [
      {
        file: 'server/contexts/inventory/domain/shop-stock.ts',
        right: 'release: (line) => partsOf(line).map(voided)',
        wrong: 'release: (line) => partsOf(line).slice(0, 1).map(voided)',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a line keeps the parts of what its bundle was',
    edits: [
      {
        file: 'server/contexts/inventory/domain/shop-stock.ts',
        right: 'before !== undefined && !isAlike(before, request)',
        wrong: 'false',
      },
    ],
    // Rarely by a seed: merchants seldom change a bundle between two edits of one cart.
    caughtBy: 'server/contexts/inventory/domain/bundles.test.ts',
  },
  {
    name: 'simulated: the version of a stream is not compared',
    edits: [
      {
        file: 'server/platform/write/settle.ts',
        right: 'if (current !== expected) return',
        wrong: 'if (current < 0) return',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a key is not looked up before it is answered',
    edits: [
      {
        file: 'server/platform/write/settle.ts',
        right: 'this.answered.get(id) ?? this.locked.answers.get(id)',
        wrong: 'this.answered.get(id)',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: units that are held are free',
    edits: [
      {
        file: 'server/platform/ledger/apply.ts',
        right: '  const { posted, held } = books.balance(account)\n  return posted - held\n',
        wrong: '  return books.balance(account).posted\n',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: commits of one batch do not see what the others leave',
    edits: [
      {
        file: 'server/platform/write/settle.ts',
        right: '      this.writes.accounts.get(name)?.balance ??\n',
        wrong: '',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: money that came too late is not given back',
    edits: [
      {
        file: 'server/contexts/checkout/commands/settle-payment.ts',
        right: `    timers: refund?.timers ?? [],`,
        wrong: '    timers: [],',
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a page of the log is passed over when its rows could not be written',
    edits: [
      {
        file: 'server/platform/log/follow.ts',
        right:
          'return this.save(reader, lease, page.next, { rows: subscription.project(page.entries) })',
        wrong: `return this.save(reader, lease, page.next, {
        rows: subscription.project(page.entries),
      }).catch(() => {
        this.seen = page.next
        return true
      })`,
      },
    ],
    caughtBy,
  },
  {
    name: 'simulated: a cart is ordered without its end',
    edits: [
      {
        file: 'server/contexts/checkout/commands/place-order.ts',
        right: 'cart: end?.events ?? [],',
        wrong: 'cart: [],',
      },
    ],
    caughtBy,
  },
]
