import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all its descendants used while it was watched. */
export interface Usage {
  readonly cpuSeconds: number
  /** `cpuSeconds` in a second: 1.5 is one and a half cores. */
  readonly cores: number
  /** Resident memory. Memory that processes share (PostgreSQL's buffers) is counted in each of them. */
  readonly rssPeakBytes: number
  readonly rssLastBytes: number
  /** Cores by what PostgreSQL calls its processes: `torg_writer`, `walwriter`; empty for others. */
  readonly parts: Readonly<Record<string, number>>
}

export interface Watch<Name extends string> {
  stop(): Record<Name, Usage>
}

/** One process in a listing of all. */
interface Listed {
  readonly pid: number
  readonly parent: number
  readonly rssBytes: number
  readonly cpuSeconds: number
}

/**
 * Watches processes by pid, each with its descendants (a PostgreSQL server is a tree), every
 * `everyMs` until `stop`. A descendant that is watched under a name of its own counts there only.
 * Reads `/proc`, or asks `ps` where there is none. CPU time of a descendant
 * that lived for less than `everyMs` may be missed.
 *
 *     const watch = watchProcesses({ server: child.pid, postgres: postmasterPid })
 *     const load = await runLoad({ … })
 *     const { server, postgres } = watch.stop()
 */
export function watchProcesses<Name extends string>(
  pids: Readonly<Record<Name, number>>,
  everyMs = 250,
): Watch<Name> {
  const names = Object.keys(pids) as Name[]
  const begun = performance.now()
  const watched = new Map(
    names.map((name) => [
      name,
      { first: new Map<number, number>(), last: new Map<number, number>(), peak: 0, rss: 0 },
    ]),
  )

  const sample = (isFirst: boolean): void => {
    const all = listProcesses()
    for (const [name, seen] of watched) {
      seen.rss = 0
      for (const each of withDescendants(all, pids[name], Object.values(pids))) {
        // What a process used before the watch began is not the benchmark's.
        if (isFirst) seen.first.set(each.pid, each.cpuSeconds)
        seen.last.set(each.pid, each.cpuSeconds)
        seen.rss += each.rssBytes
      }
      seen.peak = Math.max(seen.peak, seen.rss)
    }
  }

  sample(true)
  const timer = setInterval(() => sample(false), everyMs)

  return {
    stop: () => {
      clearInterval(timer)
      sample(false)
      const seconds = (performance.now() - begun) / 1_000
      const usages = [...watched].map(([name, seen]): [Name, Usage] => {
        let cpuSeconds = 0
        const parts: Record<string, number> = {}
        for (const [pid, last] of seen.last) {
          const used = last - (seen.first.get(pid) ?? 0)
          cpuSeconds += used
          const part = partOf(pid)
          if (part !== undefined) parts[part] = (parts[part] ?? 0) + used / seconds
        }
        return [
          name,
          {
            cpuSeconds,
            cores: cpuSeconds / seconds,
            rssPeakBytes: seen.peak,
            rssLastBytes: seen.rss,
            parts,
          },
        ]
      })
      return Object.fromEntries(usages) as Record<Name, Usage>
    },
  }
}

/** What a process of PostgreSQL does, by its title: `postgres: torg_app torg [local] SELECT`. */
function partOf(pid: number): string | undefined {
  try {
    const [title = ''] = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')
    return /^postgres: (?:(\w+) \w+ \S+ |(.+?)\s*\d*\s*$)/.exec(title)?.slice(1).find(Boolean)
  } catch {
    // It ended, or there is no /proc.
    return undefined
  }
}

function withDescendants(
  all: readonly Listed[],
  root: number,
  others: readonly number[],
): Listed[] {
  const tree = new Set([root])
  let before = 0
  while (tree.size > before) {
    before = tree.size
    for (const each of all) {
      if (tree.has(each.parent) && !others.includes(each.pid)) tree.add(each.pid)
    }
  }
  return all.filter((each) => tree.has(each.pid))
}

/** Every process of this machine, from `/proc` or, without it, from `ps`. */
export function listProcesses(from: 'proc' | 'ps' = hasProc() ? 'proc' : 'ps'): Listed[] {
  return from === 'proc' ? fromProc() : fromPs()
}

function hasProc(): boolean {
  try {
    readFileSync('/proc/self/stat')
    return true
  } catch {
    // macOS and Windows have none.
    return false
  }
}

/** Kernel constants of Linux on every platform Node runs on: USER_HZ, and pages as `getconf` tells. */
const TICKS_PER_SECOND = 100
let pageBytes: number | undefined

function fromProc(): Listed[] {
  pageBytes ??= Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }))
  const listed: Listed[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      // Fields count from the end of the name, which may itself hold spaces and brackets (proc(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      listed.push({
        pid: Number(name),
        parent: Number(fields[1]),
        cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
        rssBytes: Number(fields[21]) * pageBytes,
      })
    } catch {
      // The process ended between the listing and the look.
    }
  }
  return listed
}

function fromPs(): Listed[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,time='], { encoding: 'utf8' })
  return text.split('\n').flatMap((line) => {
    const [pid, parent, rss, time] = line.trim().split(/\s+/)
    if (time === undefined) return []
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        rssBytes: Number(rss) * 1_024,
        cpuSeconds: secondsOf(time),
      },
    ]
  })
}

/** `ps` writes `[[dd-]hh:]mm:ss[.cc]`. */
export function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').toReversed()
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0)
  return Number(days) * 86_400 + seconds
}
