import type pg from 'pg'

import { inOrder, run, together } from '../db/connections.ts'
import type { TenantId } from '../ids.ts'
import type { Account, OpenHold } from '../ledger/transfer.ts'
import { numbers, sql, texts, type AccountRow, type HoldRow } from './postgres-sql.ts'
import { keyed, type Locked } from './settle.ts'
import { TryAgain, type Needs } from './store.ts'

/** Lapsed holds of one account that are looked at for one batch. */
const MOST_LAPSED = 1000

/** One round trip: locks keys, streams and accounts in that order, each by primary key, and reads what they hold. */
export async function lock(client: pg.PoolClient, needs: Needs, era: number): Promise<Locked> {
  const { keys, streams, holds } = needs
  const keyColumns = [
    numbers(keys.map(({ tenant }) => tenant)),
    texts(keys.map(({ caller }) => caller)),
    texts(keys.map(({ key }) => key)),
  ]
  const holdColumns = [numbers(holds.map(({ tenant }) => tenant)), texts(holds.map(({ id }) => id))]
  const asked = together(
    client,
    () =>
      [
        run(client, sql.begin),
        keys.length > 0 ? run(client, sql.lockKeys, keyColumns) : nothing(),
        keys.length > 0 ? run(client, sql.readAnswers, keyColumns) : nothing(),
        streams.length > 0
          ? run(client, sql.lockStreams, [
              numbers(streams.map(({ tenant }) => tenant)),
              texts(streams.map(({ stream }) => stream)),
            ])
          : nothing(),
        lockAccounts(client, needs, holdColumns),
        // Last, so that the time is one at which everything is locked.
        holds.length > 0 ? run(client, sql.readHolds, holdColumns) : run(client, sql.clock),
      ] as const,
  )
  const [, , answered, versions, balances, read] = await inOrder(asked)
  const found = read.rows.filter(
    (row): row is typeof row & HoldRow => 'id' in row && row.id !== null,
  )

  const locked: Locked = {
    now: read.rows[0]?.now ?? 0,
    place: { era, xid: BigInt(read.rows[0]?.xid ?? 0) },
    answers: new Map(
      answered.rows.map((row) => [keyed(row.tenant_id, row.caller, row.key), row] as const),
    ),
    versions: new Map(
      versions.rows.map((row) => [keyed(row.tenant_id, row.stream), row.version] as const),
    ),
    balances: new Map(
      balances.rows.map((row) => [keyed(row.tenant_id, row.unit, row.name), row] as const),
    ),
    holds: new Map(found.map((row) => [keyed(row.tenant_id, row.id), openHold(row)] as const)),
    lapsed: new Map(),
  }
  for (const row of found) {
    if (!locked.balances.has(keyed(row.tenant_id, row.unit, row.account))) {
      throw new TryAgain('a hold moved to another account while it was being locked')
    }
  }
  return locked
}

function lockAccounts(
  client: pg.PoolClient,
  { accounts, holds }: Needs,
  holdColumns: readonly unknown[],
): Promise<{ rows: AccountRow[] }> {
  if (accounts.length + holds.length === 0) return nothing()
  const named = [
    numbers(accounts.map(({ tenant }) => tenant)),
    texts(accounts.map(({ account }) => account.unit)),
    texts(accounts.map(({ account }) => account.name)),
  ]
  return holds.length === 0
    ? run(client, sql.lockAccounts, named)
    : run(client, sql.lockAccountsAndThoseOfHolds, [...named, ...holdColumns])
}

function nothing(): Promise<{ rows: never[]; rowCount: number; command: string }> {
  return Promise.resolve({ rows: [], rowCount: 0, command: '' })
}

/** Adds the oldest lapsed holds of accounts that were short; the accounts are locked already. */
export async function withLapsed(
  client: pg.PoolClient,
  locked: Locked,
  short: readonly { tenant: TenantId; account: Account; wanted: number }[],
): Promise<Locked> {
  const { rows } = await run(client, sql.lapsed, [
    numbers(short.map(({ tenant }) => tenant)),
    texts(short.map(({ account }) => account.unit)),
    texts(short.map(({ account }) => account.name)),
    numbers(short.map(({ wanted }) => Math.min(wanted, MOST_LAPSED))),
    locked.now,
  ])
  const lapsed = new Map<string, readonly OpenHold[]>(locked.lapsed)
  for (const { tenant, account } of short) {
    lapsed.set(keyed(tenant, account.unit, account.name), [])
  }
  const holds = new Map(locked.holds)
  for (const row of rows) {
    const name = keyed(row.tenant_id, row.unit, row.account)
    const hold = openHold(row)
    lapsed.set(name, [...(lapsed.get(name) ?? []), hold])
    holds.set(keyed(row.tenant_id, row.id), hold)
  }
  return { ...locked, holds, lapsed }
}

function openHold(row: {
  id: string
  unit: string
  account: string
  amount: number
  since: number
  until: number
}): OpenHold {
  const { id, unit, account, amount, since, until } = row
  return { id, account: { name: account, unit }, amount, since, until }
}
