/** One load on a running program, with what every process needed for it. */
import type pg from 'pg'

import type { LatencySummary } from './histogram.ts'
import { runLoad, type LoadOptions, type LoadResult } from './load.ts'
import { watchProcesses, type Usage } from './processes.ts'
import { profileLines } from './profile.ts'
import type { Program } from './program.ts'

export interface Measured {
  readonly load: LoadResult
  readonly usage: Readonly<Record<'server' | 'postgres' | 'provider', Usage>>
  /** Where the time went, for people. */
  readonly details: readonly string[]
  /** `server 1.02 cores, PostgreSQL 0.51, …`: what a missed goal is explained with. */
  readonly cores: string
  /** When the measured part began and ended, by the clock of CPU profiles. */
  readonly from: bigint
  readonly to: bigint
}

/** What one load asks of the machinery around it. */
export type Load = Omit<LoadOptions, 'url'> & {
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
    const warmUpMs = (options.warmUpSeconds ?? 0) * 1_000
    // A load process needs some 100 ms to begin.
    const begin = delayed(warmUpMs + 100, async () => ({
      watch: watchProcesses(program.pids),
      from: process.hrtime.bigint(),
      facts: await factsOf(database, program),
    }))
    const load = await runLoad({ ...options, url: program.url })
    const { watch, from, facts } = await begin
    const usage = watch.stop()
    const to = process.hrtime.bigint()
    const gone = differences(facts, await factsOf(database, program))
    const cores = coresText(usage, load)
    const details = [
      `${title}: ${load.turns} turns in ${load.seconds.toFixed(1)} s; ${outcomesText(load)}`,
      ...stepLines(load),
      `  CPU: ${cores}`,
      `  ${factsText(gone, load.turns, per)}`,
    ]
    return { load, usage, details, cores, from, to }
  } finally {
    await database.end()
  }
}

function delayed<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => work().then(resolve, reject), ms)
  })
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

function coresText(usage: Measured['usage'], load: LoadResult): string {
  const cores = (value: number): string => value.toFixed(2)
  const parts = Object.entries(usage.postgres.parts)
    .filter(([, used]) => used >= 0.01)
    .toSorted(([, a], [, b]) => b - a)
    .map(([part, used]) => `${part} ${cores(used)}`)
  return [
    `server ${cores(usage.server.cores)} cores`,
    `PostgreSQL ${cores(usage.postgres.cores)}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`,
    `provider ${cores(usage.provider.cores)}`,
    `load generator ${cores(load.generatorCpuSeconds / load.seconds)}`,
  ].join(', ')
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
  const [{ transactions, wal_bytes: walBytes, wal_syncs: walSyncs }] = rows as [(typeof rows)[0] & {}]
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
  const each = (count: number, digits: number): string => (count / Math.max(turns, 1)).toFixed(digits)
  return [
    `writer: ${commits} commits in ${batches} batches (${(commits / Math.max(batches, 1)).toFixed(1)} each, ${tries} tried again)`,
    `PostgreSQL: ${each(transactions, 2)} transactions, ${each(walSyncs, 2)} WAL syncs and ${each(walBytes / 1_024, 1)} kB of WAL per ${per}`,
  ].join('; ')
}
