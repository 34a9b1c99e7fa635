/**
 * Checks that a database says one story (requirement R17): invariants I1 to I8, I11 and I13 to I15.
 * One implementation for the operator's command and for the tests that look after a storm.
 */
import type pg from 'pg'

import { CannotStart } from '../../server/platform/cannot-start.ts'
import { type Check, type Finding, MOST_TOLD, sinceSql, type Walk } from './check.ts'
import { LEDGER_CHECKS } from './ledger-checks.ts'
import { LOG_CHECKS } from './log-checks.ts'
import { MONEY_CHECKS, PROVIDER_CHECKS } from './money-checks.ts'
import { type Charges, forgetCharges, loadCharges } from './provider.ts'
import { SALE_CHECKS } from './sale-checks.ts'
import { findTouched, forgetTouched, makeTouched } from './since.ts'
import { ofNobody, PARENT_CHECKS, PRODUCT_CHECKS, TENANT_TABLES } from './tenant-checks.ts'

export interface VerifyOptions {
  /** What the payment provider has taken; without it I6 is not checked. */
  readonly charges?: Charges | undefined
  /**
   * Looks at what the log has touched since then, whole, and trusts the rest to an earlier run. What
   * was changed behind the log's back in things that nothing has touched is not found.
   */
  readonly since?: Date | undefined
  /** Entries of the log in one range. */
  readonly rangeSize?: number
  /** Hears how far a check is, several times. */
  readonly onProgress?: (check: Check, checked: number) => void
  /** Hears each check when it is over. */
  readonly onFinding?: (finding: Finding) => void
}

/** Memory of PostgreSQL for one sort; what needs more goes to its disk. */
const WORK_MEMORY = '64MB'

const RANGE_SIZE = 20_000

/**
 * Runs every check on one snapshot, so a shop may go on selling meanwhile. Nothing is changed.
 * Memory is bounded: big tables are walked by ranges of their keys, what must be compared as a whole
 * is sorted by PostgreSQL on its disk. The snapshot keeps vacuum waiting, but no reader of the log.
 */
export async function verify(
  client: pg.ClientBase,
  options: VerifyOptions = {},
): Promise<Finding[]> {
  await mustSeeEverything(client)
  if (options.charges !== undefined) await loadCharges(client, options.charges)
  if (options.since !== undefined) await makeTouched(client)
  await client.query('begin isolation level repeatable read, read only')
  try {
    return await verifyWithin(client, options)
  } finally {
    await client.query('rollback')
    if (options.charges !== undefined) await forgetCharges(client)
    if (options.since !== undefined) await forgetTouched(client)
  }
}

/** The same in a transaction that has begun, which sees its own changes. */
export async function verifyWithin(
  client: pg.ClientBase,
  { charges, since, rangeSize = RANGE_SIZE, onProgress, onFinding }: VerifyOptions = {},
): Promise<Finding[]> {
  await client.query(`set local work_mem = '${WORK_MEMORY}'`)
  await client.query('set local statement_timeout = 0')
  // A policy that hides rows becomes an error: what is not seen must not count as sound.
  await client.query('set local row_security = off')
  if (since !== undefined) await findTouched(client, since)
  const findings: Finding[] = []
  const checks = await checksFor(client, charges !== undefined)
  for (const check of since === undefined ? checks : narrowed(checks)) {
    let [checked, wrong] = [0, 0]
    const said: string[] = []
    for await (const range of rangesOf(client, check.walk, rangeSize)) {
      const found = await run(client, check, range)
      checked += found.checked
      wrong += found.wrong
      said.push(...found.said.slice(0, MOST_TOLD - said.length))
      onProgress?.(check, checked)
    }
    const finding = { check, checked, wrong, said }
    onFinding?.(finding)
    findings.push(finding)
  }
  return findings
}

async function checksFor(client: pg.ClientBase, withProvider: boolean): Promise<Check[]> {
  const tables = await client.query<{ name: string }>(TENANT_TABLES)
  return [
    ...LEDGER_CHECKS,
    ...SALE_CHECKS,
    ...MONEY_CHECKS,
    ...(withProvider ? PROVIDER_CHECKS : []),
    ...LOG_CHECKS,
    ...tables.rows.map(({ name }) => ofNobody(name)),
    ...PARENT_CHECKS,
    ...PRODUCT_CHECKS,
  ].toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
}

/** The checks of what was touched: each is one query. */
function narrowed(checks: readonly Check[]): Check[] {
  return checks.flatMap((check): Check[] => {
    const sql = sinceSql(check)
    return sql === undefined ? [] : [{ ...check, walk: 'whole', sql }]
  })
}

async function mustSeeEverything(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ sees: boolean }>(
    'select rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user',
  )
  if (rows[0]?.sees === true) return
  throw new CannotStart(
    'This user of the database is shown the rows of one shop at a time and cannot verify all of them; connect as a superuser, or as a role with BYPASSRLS that may read every table.',
  )
}

type Bound = readonly [tenant: number, name: string]
type Range = readonly [...Bound, ...Bound] | readonly []

const FIRST: Bound = [-2_147_483_648, '']
const LAST: Bound = [2_147_483_647, '']

/** The big table of each walk: its keys say where one range ends and the next begins. */
const BOUNDS: Readonly<Record<Exclude<Walk, 'whole'>, string>> = {
  streams: bound('platform.events', 'stream'),
  units: bound('platform.transfers', 'unit'),
}

function bound(table: string, column: string): string {
  return `select tenant_id, ${column} as name from ${table}
    where (tenant_id, ${column}) > ($1::int, $2::text)
    order by tenant_id, ${column} offset $3::bigint limit 1`
}

/** Ranges that follow one another from the first key there can be to the last. */
async function* rangesOf(client: pg.ClientBase, walk: Walk, size: number): AsyncGenerator<Range> {
  if (walk === 'whole') {
    yield []
    return
  }
  for (let from = FIRST; ;) {
    const { rows } = await client.query<{ tenant_id: number; name: string }>(BOUNDS[walk], [
      ...from,
      size,
    ])
    const [next] = rows
    const to: Bound = next === undefined ? LAST : [next.tenant_id, next.name]
    yield [...from, ...to]
    if (next === undefined) return
    from = to
  }
}

async function run(
  client: pg.ClientBase,
  { id, promise, sql }: Check,
  range: Range,
): Promise<{ checked: number; wrong: number; said: string[] }> {
  const { rows } = await client
    .query<{ checked: string; wrong: string; said: string[] }>(
      `with looked_at as materialized (${sql})
       select (select count(*) from looked_at) as checked,
         (select count(said) from looked_at) as wrong,
         array(select said from looked_at where said is not null limit ${MOST_TOLD}) as said`,
      [...range],
    )
    .catch((error: unknown) => {
      throw new Error(`${id}, "${promise}", cannot be checked`, { cause: error })
    })
  const [row] = rows
  if (row === undefined) throw new Error(`${id}, "${promise}", was answered nothing`)
  return { checked: Number(row.checked), wrong: Number(row.wrong), said: row.said }
}

/** Every violation that was named, a sentence each, with the number of its invariant. */
export function sentences(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ check, said }) => said.map((each) => `${check.id} ${each}`))
}
