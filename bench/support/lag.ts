import { setTimeout as sleep } from 'node:timers/promises'

import { Histogram } from './histogram.ts'
import { latencyText } from './measure.ts'
import type { Program } from './program.ts'
import type { Figure } from './table.ts'

const LOOK_EVERY_MS = 10
/** A probe that is not in the read model by then has shown what it had to show. */
const GIVE_UP_MS = 30_000

export interface Lag {
  stop(): Promise<{ readonly figures: readonly Figure[]; readonly details: readonly string[] }>
}

interface Probe {
  readonly tenant_id: number
  readonly order_id: string
  readonly at: number
}

/**
 * Measures how long after its commit an order is in `orders.summaries`: takes the newest order of
 * the log, looks for its row every 10 ms, and goes on with the next newest. Beside it the server's
 * own metric, in transactions. Call `stop` before the load ends, or after: it may be called twice.
 */
export async function watchLag(program: Program): Promise<Lag> {
  const database = await program.database()
  const times = new Histogram()
  let mostTransactions = 0
  let isOver = false

  const newestOrder = async (): Promise<Probe | undefined> => {
    const { rows } = await database.query<Probe>(
      `select tenant_id, substr(stream, 7) as order_id, extract(epoch from at)::float8 * 1000 as at
       from (select * from platform.events order by era desc, xid desc, position desc limit 200) as newest
       where type = 'order.created' order by at desc limit 1`,
    )
    return rows[0]
  }
  const isShown = async ({ tenant_id, order_id }: Probe): Promise<number | undefined> => {
    const { rows } = await database.query<{ now: number }>(
      `select extract(epoch from clock_timestamp())::float8 * 1000 as now
       from orders.summaries where tenant_id = $1 and order_id = $2`,
      [tenant_id, order_id],
    )
    return rows[0]?.now
  }

  const probe = async (): Promise<void> => {
    let last: string | undefined
    while (!isOver) {
      const order = await newestOrder()
      if (order !== undefined && order.order_id !== last) {
        last = order.order_id
        let shownAt: number | undefined
        const begun = performance.now()
        while (shownAt === undefined && performance.now() - begun < GIVE_UP_MS) {
          shownAt = await isShown(order)
          if (shownAt === undefined) await sleep(LOOK_EVERY_MS)
        }
        times.record(shownAt === undefined ? GIVE_UP_MS : shownAt - order.at)
      }
      await sleep(LOOK_EVERY_MS)
    }
  }
  const ask = async (): Promise<void> => {
    while (!isOver) {
      const metrics = await program.api.metrics()
      mostTransactions = Math.max(
        mostTransactions,
        metrics.most('torg_subscription_lag_transactions'),
      )
      await sleep(500)
    }
  }
  const running = Promise.all([probe(), ask()])

  let stopped: ReturnType<Lag['stop']> | undefined
  return {
    stop() {
      stopped ??= (async () => {
        isOver = true
        await running.finally(() => database.end())
        return findings(times, mostTransactions)
      })()
      return stopped
    },
  }
}

function findings(times: Histogram, mostTransactions: number) {
  const latency = times.summary()
  return {
    figures: [
      {
        what: 'read model lag under that load, p99',
        value: latency.p99Ms,
        unit: 'ms',
        goal: { atMost: 1_000 },
        latency,
      },
      {
        what: 'read model lag under that load, at most',
        value: latency.maxMs,
        unit: 'ms',
        goal: { atMost: 5_000 },
      },
    ],
    details: [
      `read model lag, ${times.count} orders: ${latencyText(latency)}; at most ${mostTransactions} transactions behind`,
    ],
  }
}
