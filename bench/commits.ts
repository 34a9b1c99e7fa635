import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { end, temporaryFolder } from './support/folder.ts'
import type { LatencySummary } from './support/histogram.ts'
import { latencyText } from './support/measure.ts'
import { profileLines } from './support/profile.ts'
import { start } from './support/program.ts'

/** What `commits-process.ts` answers, one for each number of callers. */
export interface CommitsCounted {
  readonly callers: number
  readonly commits: number
  readonly perSecond: number
  readonly batches: number
  readonly latency: LatencySummary
  readonly cpu: string
  readonly heldBackBy: string
  readonly statements: readonly string[]
  /** By the clock of CPU profiles, in ns. */
  readonly from: string
  readonly to: string
}

export interface CommitsResult {
  readonly commit: string
  readonly postgres: string
  readonly counted: readonly CommitsCounted[]
}

/** Orders written by the platform itself, without HTTP. */
export const commits: Benchmark = {
  name: 'commits',
  what: 'order commits below HTTP: 3 lines, 3 holds, 3 events, key, row-level security on',
  run,
}

async function run(size: Size): Promise<Findings> {
  const folder = temporaryFolder()
  const profileDir = process.env['BENCH_PROFILE'] ? `${folder.path}-profile` : undefined
  if (profileDir !== undefined) mkdirSync(profileDir)
  const flags = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
  const child = start(
    [
      ...flags,
      join(import.meta.dirname, 'commits-process.ts'),
      String(size.warmUpSeconds),
      String(size.seconds),
    ],
    { ...process.env, DATA_DIR: folder.path, DATABASE_URL: '', DEMO: 'true' },
  )
  try {
    const result = JSON.parse(await child.says(/^RESULT (.*)$/m)) as CommitsResult
    await end(child.child, 'SIGTERM')
    return findings(result, profileDir)
  } finally {
    await end(child.child, 'SIGTERM')
    folder.dispose()
  }
}

function findings(
  { commit, postgres, counted }: CommitsResult,
  profileDir: string | undefined,
): Findings {
  const best = counted.reduce((one, two) => (two.perSecond > one.perSecond ? two : one))
  return {
    postgres,
    figures: counted.map(({ callers, perSecond, latency, heldBackBy }) => ({
      what: `order commits below HTTP, ${callers} callers`,
      value: perSecond,
      unit: 'commits/s',
      latency,
      heldBackBy,
      // The goal is for what the platform can do, given enough to settle together.
      ...(callers === best.callers
        ? { goal: { atLeast: 8_000 }, peers: 'bare prototype without RLS or answers: 11,700' }
        : {}),
    })),
    details: [
      `One commit: ${commit}.`,
      ...counted.flatMap(({ callers, commits: count, batches, latency, cpu, statements }) => [
        `${callers} callers: ${count} commits in ${batches} batches (${(count / batches).toFixed(1)} each); ${latencyText(latency)}`,
        `  CPU in cores: ${cpu}`,
        ...statements.map((line) => `  ${line}`),
      ]),
      ...(profileDir === undefined
        ? []
        : profileLines(profileDir, BigInt(best.from), BigInt(best.to))),
    ],
  }
}
