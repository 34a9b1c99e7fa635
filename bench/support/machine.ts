import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

import type { Size } from './benchmark.ts'

/** What a figure means nothing without. */
export function machineLines(size: Size): readonly string[] {
  const [load = 0] = loadavg()
  const given = Object.entries(process.env)
    .filter(([name]) => /^(WRITER_|BATCH_|READ|WRITE_|LOG_LEVEL|NODE_ENV|NODE_OPTIONS)/.test(name))
    .map(([name, value]) => `${name}=${value}`)
  return [
    `${new Date().toISOString()}  ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 1e9).toFixed(1)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `Server, PostgreSQL, test provider (answers in 20 ms) and load generator share these cores; each is a process of its own.`,
    ...(given.length === 0 ? [] : [`Given to the server: ${given.join(' ')}`]),
    ...(size.isQuick ? ['Quick: short and small, good for a comparison only.'] : []),
    ...(load > 0.5
      ? [`The machine was busy before the start (load ${load.toFixed(1)}): figures may be too low.`]
      : []),
  ]
}
