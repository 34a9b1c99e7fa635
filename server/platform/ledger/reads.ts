import type { Instant } from '../clock.ts'
import type { Reads } from '../db/reads.ts'
import { statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import type { LedgerEntry, OpenHold } from './transfer.ts'

/** What an account has, as read outside any commit. */
export interface SeenBalance {
  readonly unit: string
  readonly name: string
  readonly posted: number
  readonly held: number
}

const balances = statement<SeenBalance>(
  'ledger.balances',
  `select unit, name, posted, held from platform.accounts
   where tenant_id = $1 and unit = any($2) and starts_with(name, $3) order by unit, name`,
)

/** The accounts of some units whose names begin so. */
export function balancesOf(
  reads: Reads,
  tenant: TenantId,
  units: readonly string[],
  prefix: string,
): Promise<SeenBalance[]> {
  return reads.read(tenant, balances, [tenant, units, prefix])
}

const free = statement<{ unit: string; free: number }>(
  'ledger.free',
  `select unit, sum((posted - held)::float8) as free from platform.accounts
   where tenant_id = $1 and unit = any($2) and starts_with(name, $3) group by unit`,
)

/** What is free of each unit over all accounts whose names begin so; units never seen are missing. */
export function freeOf(
  reads: Reads,
  tenant: TenantId,
  units: readonly string[],
  prefix: string,
): Promise<{ unit: string; free: number }[]> {
  return reads.read(tenant, free, [tenant, units, prefix])
}

interface HoldRow {
  id: string
  unit: string
  account: string
  amount: number
  until: number
}

const columns = `id, unit, account, amount, (extract(epoch from until) * 1000)::float8 as until`

const holdsById = statement<HoldRow>(
  'ledger.holds-by-id',
  `select ${columns} from platform.holds where tenant_id = $1 and id = any($2)`,
)

const holdsOfUnit = statement<HoldRow>(
  'ledger.holds-of-unit',
  `select ${columns} from platform.holds where tenant_id = $1 and unit = $2
   order by until limit $3`,
)

/** Open holds by id; those that are gone are missing. */
export async function holdsNamed(
  reads: Reads,
  tenant: TenantId,
  ids: readonly string[],
): Promise<OpenHold[]> {
  return (await reads.read(tenant, holdsById, [tenant, ids])).map(openHold)
}

/** Who holds units: the open holds of one unit, the next to lapse first, at most `limit`. */
export async function holdsOf(
  reads: Reads,
  tenant: TenantId,
  unit: string,
  limit: number,
): Promise<OpenHold[]> {
  return (await reads.read(tenant, holdsOfUnit, [tenant, unit, limit])).map(openHold)
}

function openHold({ id, unit, account, amount, until }: HoldRow): OpenHold {
  return { id, account: { name: account, unit }, amount, until }
}

/** One line of the answer to "why is it 47?". */
export interface Movement {
  readonly position: string
  readonly at: Instant
  readonly verb: LedgerEntry['verb']
  readonly from: string
  readonly to: string
  readonly amount: number
  readonly hold: string | null
  /** Whose commit it was, and under which key. */
  readonly cause: string
}

const movements = statement<Movement>(
  'ledger.movements',
  `select position::text, (extract(epoch from at) * 1000)::float8 as at, verb,
     from_account as "from", to_account as "to", amount, hold_id as hold, cause
   from (
     (select * from platform.transfers
      where tenant_id = $1 and unit = $2 and from_account = $3 and position < $4::bigint
      order by position desc limit $5)
     union
     (select * from platform.transfers
      where tenant_id = $1 and unit = $2 and to_account = $3 and verb in ('move', 'post')
        and to_account not like 'world/%' and position < $4::bigint
      order by position desc limit $5)
   ) as of_account
   order by of_account.position desc limit $5`,
)

/** What an account's numbers are made of, newest first, before a position (keyset). */
export function movementsOf(
  reads: Reads,
  tenant: TenantId,
  account: { name: string; unit: string },
  before: string | undefined,
  limit: number,
): Promise<Movement[]> {
  const last = before ?? String(2n ** 63n - 1n)
  return reads.read(tenant, movements, [tenant, account.unit, account.name, last, limit])
}
