import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

import type pg from 'pg'

import type { Size } from './benchmark.ts'

/** What a figure means nothing without. */
export function machineLines(size: Size): readonly string[] {
  const [load = 0] = loadavg()
  const given = Object.entries(process.env)
    .filter(([name]) => /^(WRITER_|BATCH_|READ|WRITE_|LOG_LEVEL|NODE_ENV|NODE_OPTIONS)/.test(name))
    .map(([name, value]) => `${name}=${value}`)
  return [
    `${new Date().toISOString()}  ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 1e9).toFixed(1)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    'Server, PostgreSQL, test provider (answers in 20 ms) and load generator share these cores; each is a process of its own.',
    ...(given.length === 0 ? [] : [`Given to the server: ${given.join(' ')}`]),
    ...(size.isQuick ? ['Quick: short and small, good for a comparison only.'] : []),
    ...(load > 0.5
      ? [`The machine was busy before the start (load ${load.toFixed(1)}): figures may be too low.`]
      : []),
  ]
}

/** The settings of PostgreSQL that decide what a commit costs, as the server itself tells them. */
export async function postgresLine(database: pg.Client): Promise<string> {
  const { rows } = await database.query<{ name: string; setting: string; unit: string | null }>(
    `select name, setting, unit from pg_settings where name in ('fsync', 'synchronous_commit',
       'full_page_writes', 'wal_sync_method', 'shared_buffers', 'max_wal_size', 'server_version')
     order by name`,
  )
  return `PostgreSQL: ${rows.map(({ name, setting, unit }) => `${name} ${setting}${unit === '8kB' ? ' × 8 kB' : (unit ?? '')}`).join(', ')}`
}

/** CPU time of the whole machine since its start, in seconds. */
export interface MachineTime {
  readonly busy: number
  readonly total: number
}

export function machineTime(): MachineTime {
  try {
    const [, ...ticks] = (readFileSync('/proc/stat', 'latin1').split('\n')[0] ?? '').split(/\s+/)
    const all = ticks.slice(0, 8).map((each) => Number(each) / 100)
    const total = all.reduce((sum, each) => sum + each, 0)
    // The fourth is idle, the fifth waits for the disk, the eighth went to other machines.
    const idle = (all[3] ?? 0) + (all[4] ?? 0)
    return { busy: total - idle, total }
  } catch {
    // Where there is no /proc, what others use is not known.
    return { busy: 0, total: 0 }
  }
}

/** How many cores were busy between two looks, whoever used them; undefined where nobody says. */
export function busyCores(from: MachineTime, to: MachineTime): number | undefined {
  const passed = to.total - from.total
  return passed === 0 ? undefined : ((to.busy - from.busy) / passed) * availableParallelism()
}
