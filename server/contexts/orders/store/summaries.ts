import type { Reads } from '#platform/db/reads'
import { statement, type Statement } from '#platform/db/statement'
import type { Instant } from '#platform/clock'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

import type { OrderFilter, OrderStatus } from '../contract.ts'

/**
 * One row an order, built from the log. To rebuild, empty both tables and the checkpoint together:
 * the archive is filled again by its job.
 */
export const summaries: Table = { name: 'orders.summaries', key: ['order_id'] }

/** The same for orders that have been final for long; an order is in one of the two. */
export const archivedSummaries: Table = { name: 'orders.archived_summaries', key: ['order_id'] }

export interface SummaryRow {
  readonly order_id: Id
  readonly number: string
  readonly status: OrderStatus
  readonly user_id: Id | null
  readonly amount: number
  readonly currency: string
  readonly created_at: Date
  readonly changed_at: Date
}

const COLUMNS = 'order_id, number, status, user_id, amount, currency, created_at, changed_at'

/** What may be asked for beside the time, and which parameter it is. */
const CONDITIONS = { userId: 'user_id', number: 'number', status: 'status' } as const
type Condition = keyof typeof CONDITIONS
const ASKABLE = Object.keys(CONDITIONS) as Condition[]

const LISTED = [summaries, archivedSummaries]

/**
 * What names a few orders is looked up before anything else is asked of them: PostgreSQL would walk
 * all orders by age for it when it takes the table for small.
 */
const FEW: readonly Condition[] = ['number', 'userId']

/** Both tables newest first, each by its index, and then the newest of what both gave. */
function listing(asked: readonly Condition[]): Statement<SummaryRow> {
  const condition = (each: Condition): string => `${CONDITIONS[each]} = $${asked.indexOf(each) + 6}`
  const few = FEW.find((each) => asked.includes(each) && (each === 'number' || asked.length > 1))
  const conditions = asked.filter((each) => each !== few).map((each) => `and ${condition(each)}`)
  const from = (name: string): string =>
    few === undefined
      ? name
      : `(select * from ${name} where tenant_id = $1 and ${condition(few)} offset 0) as few`
  const parts = LISTED.map(
    ({ name }) => `
    (select ${COLUMNS} from ${from(name)}
     where tenant_id = $1 ${conditions.join(' ')}
       and (created_at, order_id) < (to_timestamp($2 / 1000.0::float8), $3::uuid)
       and created_at >= to_timestamp($5 / 1000.0::float8)
     order by created_at desc, order_id desc limit $4)`,
  )
  return statement(
    ['orders.list', ...asked].join('-by-'),
    `${parts.join(' union all ')} order by created_at desc, order_id desc limit $4`,
  )
}

/** By the names of what is asked for. */
export const listings: ReadonlyMap<string, Statement<SummaryRow>> = new Map(
  Array.from({ length: 2 ** ASKABLE.length }, (_, bits) =>
    ASKABLE.filter((__, place) => (bits >> place) % 2 === 1),
  ).map((asked) => [asked.join(), listing(asked)]),
)

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Newest first, from a place on (keyset), archived ones too. */
export async function summariesOf(
  reads: Reads,
  tenant: TenantId,
  filter: OrderFilter,
  after: Place,
  limit: number,
): Promise<SummaryRow[]> {
  const { from = 0, to } = filter
  const { at, id } = to !== undefined && to <= after.at ? { at: to, id: FIRST_ID } : after
  const asked = ASKABLE.filter((each) => filter[each] !== undefined)
  const found = listings.get(asked.join())
  if (found === undefined) throw new Error(`no listing by ${asked.join()}`)
  const values = asked.map((each) => filter[each])
  return reads.read(tenant, found, [tenant, at, id, limit, from, ...values])
}

/** Orders that have been final since before an instant, the longest first. */
export const longFinal = statement<SummaryRow>(
  'orders.long-final',
  `select ${COLUMNS} from orders.summaries
   where tenant_id = $1 and status in ('fulfilled', 'cancelled')
     and changed_at < to_timestamp($2 / 1000.0::float8)
   order by changed_at, order_id limit $3`,
)

export function finalBefore(
  reads: Reads,
  tenant: TenantId,
  instant: Instant,
  limit: number,
): Promise<SummaryRow[]> {
  return reads.read(tenant, longFinal, [tenant, instant, limit])
}
