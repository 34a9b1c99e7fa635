import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { atExit, end, postgresPidOf, temporaryFolder } from './support/folder.ts'
import { Histogram } from './support/histogram.ts'
import { listProcesses, watchProcesses, type Usage } from './support/processes.ts'
import { listen, SHOP, type Started } from './support/program.ts'

const root = join(import.meta.dirname, '..')

/** What the program costs before anybody has bought anything. */
export const footprint: Benchmark = {
  name: 'footprint',
  what: 'npm start on an empty data folder and again on the full one; memory while idle',
  run,
}

async function run(size: Size): Promise<Findings> {
  const [first, again] = [new Histogram(), new Histogram()]
  const memory: Memory[] = []
  const rounds = size.isQuick ? 1 : 3
  for (let round = 0; round < rounds; round += 1) {
    const folder = temporaryFolder()
    try {
      for (const times of [first, again]) {
        const { program, seconds, stop } = await npmStart(folder.path)
        times.record(seconds * 1_000)
        try {
          memory.push(await memoryOf(program, folder.path, size.isQuick ? 3 : 10))
        } finally {
          await stop()
        }
      }
    } finally {
      folder.dispose()
    }
  }
  const most = (of: keyof Memory): number =>
    Math.max(...memory.map((each) => each[of].rssLastBytes / 1e6))
  return {
    figures: [
      {
        what: 'first start with demo data, dependencies installed, until it answers (npm start)',
        value: first.percentile(0.5) / 1_000,
        unit: 's',
        goal: { atMost: 10 },
        latency: first.summary(),
        peers: 'Vendure 2.4 s, Medusa 3.0 s without demo data',
      },
      {
        what: 'start again on its data',
        value: again.percentile(0.5) / 1_000,
        unit: 's',
        latency: again.summary(),
      },
      {
        what: 'memory idle: the server, without PostgreSQL',
        value: most('server'),
        unit: 'MB',
        goal: { atMost: 250 },
        peers: 'Medusa 338, Vendure 418 + 290',
        heldBackBy: 'what the process holds after start, seeding included',
      },
      {
        what: 'memory idle: the test payment provider (not in production)',
        value: most('provider'),
        unit: 'MB',
      },
      {
        what: 'memory idle: npm and the launcher (not in production)',
        value: most('launcher'),
        unit: 'MB',
      },
    ],
    details: [
      `${rounds} first starts and ${rounds} restarts; memory is resident memory, the most of all starts, some seconds after the first answer.`,
      `PostgreSQL: ${most('postgres').toFixed(0)} MB, what its processes share counted in each.`,
    ],
  }
}

type Memory = Readonly<Record<'server' | 'postgres' | 'provider' | 'launcher', Usage>>

/** `npm start` as a person does it, until the shop shows a product. */
async function npmStart(dataDir: string) {
  const since = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    // A group of its own: a person's Ctrl-C reaches npm, launcher and server alike.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...personsEnvironment(), PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir },
  })
  const forget = atExit(() => signal('SIGKILL'))
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), name)
    } catch {
      // The whole group has ended.
    }
  }
  const program = listen(child)
  const port = new URL(await program.says(SHOP)).port
  const page = await fetch(`http://127.0.0.1:${port}/api/v1/products?limit=1`)
  if (page.status !== 200) throw new Error(`The shop answers ${page.status}.`)
  await page.text()
  const seconds = (performance.now() - since) / 1_000
  return {
    program,
    seconds,
    stop: async () => {
      const server = serverPidOf(dataDir)
      signal('SIGINT')
      await end(child, 'SIGINT')
      // npm may go before those it started; the folder is theirs until they are gone.
      while (listProcesses().some(({ pid }) => pid === server)) await sleep(50)
      forget()
    },
  }
}

/** Without what `npm run bench` adds for its own children. */
function personsEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_COMPILE_CACHE$|INIT_CWD$)/.test(name),
    ),
  )
}

async function memoryOf({ child }: Started, dataDir: string, idleSeconds: number): Promise<Memory> {
  await sleep(idleSeconds * 1_000)
  const server = serverPidOf(dataDir)
  const postgres = postgresPidOf(dataDir) ?? 0
  const provider = listProcesses().find(({ pid, parent }) => parent === server && pid !== postgres)
  const pids = { server, postgres, provider: provider?.pid ?? 0, launcher: child.pid ?? 0 }
  return watchProcesses(pids).stop()
}

/** The program notes who has its data folder. */
function serverPidOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'owner'), 'utf8').split('\n')[0])
}
