/** One load on a running program, with what every process needed for it. */
import { availableParallelism } from 'node:os'

import type pg from 'pg'

import type { LatencySummary } from './histogram.ts'
import { busyCores, machineTime } from './machine.ts'
import { runLoad, type LoadOptions, type LoadResult } from './load.ts'
import { watchProcesses, type Usage } from './processes.ts'
import { profileLines } from './profile.ts'
import type { Program } from './program.ts'
import { countStatements, statementLines } from './statements.ts'

export interface Measured {
  readonly load: LoadResult
  readonly usage: Readonly<Record<'server' | 'postgres' | 'provider', Usage>>
  /** Where the time went, for people. */
  readonly details: readonly string[]
  /** What held the load back, as far as CPU tells: for figures that miss their goals. */
  readonly heldBackBy: string
  /** When the measured part began and ended, by the clock of CPU profiles. */
  readonly from: bigint
  readonly to: bigint
}

/** What one load asks of the machinery around it. */
export type Load = Omit<LoadOptions, 'url' | 'onMeasuring'> & {
  readonly title: string
  /** Divides PostgreSQL's counts: transactions and WAL per order. */
  readonly per?: string
}

/**
 * Warms up, measures, and tells where CPU, transactions and WAL went meanwhile. The processes are
 * watched in the measured time only.
 */
export async function measure(program: Program, asked: Load): Promise<Measured> {
  const { title, per = 'turn', ...options } = asked
  const database = await program.database()
  try {
    const begun = Promise.withResolvers<Beginning>()
    const onMeasuring = (): void => begun.resolve(beginning(database, program))
    const load = await runLoad({ ...options, url: program.urls, onMeasuring })
    const { watch, machine, from, facts } = await begun.promise
    const usage = watch.stop()
    const busy = busyCores(machine, machineTime())
    const to = process.hrtime.bigint()
    const gone = differences(facts, await factsOf(database, program))
    const cores = coresOf(usage, load)
    const details = [
      `${title}: ${load.turns} turns in ${load.seconds.toFixed(1)} s; ${outcomesText(load)}`,
      ...stepLines(load),
      `  CPU in cores: ${coresText(cores, usage.postgres, busy)}`,
      `  ${factsText(gone, load.turns, per)}`,
      ...(await statementLines(database, load.turns, per)),
      ...complaintLines(program),
    ]
    return { load, usage, details, heldBackBy: heldBackBy(cores, busy), from, to }
  } finally {
    await database.end()
  }
}

type Beginning = Awaited<ReturnType<typeof beginning>>

/** What stood where when the warm-up was over. */
async function beginning(database: pg.Client, program: Program) {
  await countStatements(database)
  return {
    watch: watchProcesses(program.pids),
    machine: machineTime(),
    from: process.hrtime.bigint(),
    facts: await factsOf(database, program),
  }
}

/** Stops the program and reads its profile; nothing unless `BENCH_PROFILE` is set. */
export async function profileOf(
  program: Program,
  { from, to }: Pick<Measured, 'from' | 'to'>,
): Promise<readonly string[]> {
  if (program.profileDir === undefined) return []
  await program.stop()
  return profileLines(program.profileDir, from, to)
}

/** A server that warns is not measured as it should be, so its warnings stand beside the figures. */
function complaintLines(program: Program): string[] {
  const complaints = program.complaints()
  const last = complaints.at(-1)
  if (last === undefined) return []
  return [`  The server warned ${complaints.length} times so far, at last: ${last.slice(0, 400)}`]
}

function outcomesText({ outcomes, errors, errorSamples }: LoadResult): string {
  const counted = Object.entries(outcomes)
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${count} ${outcome}`)
  const failed = errors === 0 ? [] : [`${errors} errors (${errorSamples[0]})`]
  return [...counted, ...failed].join(', ')
}

function stepLines({ steps }: LoadResult): string[] {
  if (Object.keys(steps).length < 2) return []
  return Object.entries(steps).map(([name, { latency, byStatus }]) => {
    const statuses = Object.entries(byStatus).map(([status, count]) => `${count} × ${status}`)
    return `  ${name.padEnd(8)} ${latencyText(latency)}   ${statuses.join(', ')}`
  })
}

export function latencyText({ p50Ms, p95Ms, p99Ms, maxMs }: LatencySummary): string {
  const ms = (value: number): string => value.toFixed(1).padStart(6)
  return `p50 ${ms(p50Ms)}  p95 ${ms(p95Ms)}  p99 ${ms(p99Ms)}  max ${ms(maxMs)} ms`
}

type Cores = { readonly server: number; readonly PostgreSQL: number } & Readonly<
  Partial<Record<'provider' | 'load generator', number>>
>

function coresOf(usage: Measured['usage'], load: LoadResult): Cores {
  const { server, postgres: _1, provider: _2, ...more } = usage as Readonly<Record<string, Usage>>
  return {
    server: server?.cores ?? 0,
    ...Object.fromEntries(Object.entries(more).map(([name, { cores }]) => [name, cores])),
    PostgreSQL: usage.postgres.cores,
    provider: usage.provider.cores,
    'load generator': load.generatorCpuSeconds / load.seconds,
  }
}

/** `server 0.98, PostgreSQL 0.61 (torg_writer 0.40, …), others 0.02, idle 0.30`. */
export function coresText(cores: Cores, { parts }: Usage, busy: number | undefined): string {
  const inside = Object.entries(parts)
    .filter(([, used]) => used >= 0.01)
    .toSorted(([, a], [, b]) => b - a)
    .map(([part, used]) => `${part} ${used.toFixed(2)}`)
  const each = Object.entries(cores).map(
    ([name, used]) =>
      `${name} ${used.toFixed(2)}${name === 'PostgreSQL' && inside.length > 0 ? ` (${inside.join(', ')})` : ''}`,
  )
  return [...each, ...restTexts(cores, busy)].join(', ')
}

/** What strangers used, and what nobody used. */
function restTexts(cores: Cores, busy: number | undefined): string[] {
  if (busy === undefined) return []
  const others = Math.max(0, busy - total(cores))
  const idle = Math.max(0, availableParallelism() - busy)
  return [`others ${others.toFixed(2)}`, `idle ${idle.toFixed(2)}`]
}

function total(cores: Cores): number {
  return Object.values(cores).reduce((sum, each) => sum + each, 0)
}

/** Says which process is at its end: Node runs on one core, the machine has so many. */
export function heldBackBy(cores: Cores, busy: number | undefined): string {
  const machine = availableParallelism()
  const all = Object.entries(cores)
    .filter(([, used]) => used >= 0.01)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, used]) => `${name} ${used.toFixed(2)}`)
    .join(', ')
  const others = busy === undefined ? 0 : busy - total(cores)
  if (others > 0.15 * machine) {
    return `strangers on this machine, who used ${others.toFixed(2)} of ${machine} cores (${all}); measure again without them`
  }
  if (cores.server > 0.9) return `the server’s one thread, which is full (${all})`
  if ((cores['load generator'] ?? 0) > 0.9) return `the load generator, which is full (${all})`
  if ((busy ?? total(cores)) > 0.92 * machine)
    return `the ${machine} cores, which are full (${all})`
  return `waiting, not CPU (${all} of ${machine} cores): the disk, locks or the provider`
}

/** What PostgreSQL and the writer counted. */
interface Facts {
  readonly transactions: number
  readonly walBytes: number
  readonly walSyncs: number
  readonly batches: number
  readonly commits: number
  readonly tries: number
}

async function factsOf(database: pg.Client, program: Program): Promise<Facts> {
  const [{ rows }, metrics] = await Promise.all([
    database.query<{ transactions: number; wal_bytes: number; wal_syncs: number }>(
      `select (select xact_commit + xact_rollback from pg_stat_database
               where datname = current_database())::float8 as transactions,
         (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8 as wal_bytes,
         (select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal')::float8 as wal_syncs`,
    ),
    program.api.metrics(),
  ])
  const [{ transactions, wal_bytes: walBytes, wal_syncs: walSyncs }] = rows as [
    (typeof rows)[0] & {},
  ]
  return {
    transactions,
    walBytes,
    walSyncs,
    batches: metrics.sum('torg_writer_batches'),
    commits: metrics.sum('torg_writer_commits'),
    tries: metrics.sum('torg_writer_tries'),
  }
}

function differences(before: Facts, after: Facts): Facts {
  const names = Object.keys(before) as (keyof Facts)[]
  return Object.fromEntries(
    names.map((name) => [name, after[name] - before[name]]),
  ) as unknown as Facts
}

function factsText(facts: Facts, turns: number, per: string): string {
  const { transactions, walBytes, walSyncs, batches, commits, tries } = facts
  const each = (count: number, digits: number): string =>
    (count / Math.max(turns, 1)).toFixed(digits)
  return [
    `writer: ${commits} commits in ${batches} batches (${(commits / Math.max(batches, 1)).toFixed(1)} each, ${tries} tried again)`,
    `PostgreSQL: ${each(transactions, 2)} transactions, ${each(walSyncs, 2)} WAL syncs and ${each(walBytes / 1_024, 1)} kB of WAL per ${per}`,
  ].join('; ')
}
