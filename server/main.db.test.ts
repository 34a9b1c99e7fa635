import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import pg from 'pg'

import { aDatabase, TEST_SECRET } from '../tests/support/database.ts'

interface Program {
  readonly child: ChildProcess
  /** All it has said so far. */
  said(): string
  /** Waits until its output matches; returns the first group. */
  says(pattern: RegExp): Promise<string>
  ended(): Promise<number | null>
}

/** The whole program as a process with a channel to us, as `npm start` has it; on any free port. */
function aProgram(env: Record<string, string>, ...args: string[]): Program {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', DEMO: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { stdout, stderr } = child
  assert(stdout !== null && stderr !== null)
  let text = ''
  for (const output of [stdout, stderr]) {
    output.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  }
  const exit = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    said: () => text,
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(text)
        if (found !== null) return found[1] ?? found[0]
        const ended: unknown = await Promise.race([exit.then(() => true), once(stdout, 'data')])
        assert(ended !== true || pattern.test(text), `it ended without saying ${pattern}: ${text}`)
      }
    },
    ended: () => exit,
  }
}

const ADDRESS = /Shop +(http:\S+)/

async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), 'torg-main-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Ends with exit code 1 and one sentence: no stack, no error class, no password. */
async function refuses(program: Program, sentence: RegExp): Promise<void> {
  assert.equal(await program.ended(), 1, program.said())
  assert.match(program.said(), sentence)
  assert.doesNotMatch(program.said(), /^\s+at |Error:|node:internal|hunter2/m)
}

test('one command opens the shop, Ctrl-C closes it, and a second start finds its data', async () => {
  await using folder = await aFolder()
  const env = { DATA_DIR: join(folder.path, 'shop') }
  const first = aProgram(env)
  const address = await first.says(ADDRESS)
  assert.equal((await fetch(`${address}/livez`)).status, 200)
  assert.equal((await fetch(`${address}/readyz`)).status, 200)

  const twin = aProgram(env)
  await refuses(twin, /running on .* already, as process \d+/)

  first.child.kill('SIGINT')
  // The terminal, npm and the launcher each pass it on.
  first.child.kill('SIGINT')
  assert.equal(await first.ended(), 0, first.said())
  await assert.rejects(fetch(`${address}/livez`))

  const second = aProgram(env)
  await second.says(ADDRESS)
  assert.doesNotMatch(second.said(), /Making the database files|0001-/)
  second.child.kill('SIGKILL')
  await second.ended()

  const third = aProgram(env, '--fresh')
  await third.says(ADDRESS)
  assert.match(third.said(), /run that was killed[^]*Making the database files/)
  third.child.kill('SIGTERM')
  assert.equal(await third.ended(), 0, third.said())
})

test('a shop whose launcher is killed stops too, and leaves its port to the next', async () => {
  await using folder = await aFolder()
  const program = aProgram({ DATA_DIR: join(folder.path, 'shop') })
  const address = await program.says(ADDRESS)
  // Not `ended()`: Node emits no `close` for a child whose channel we closed.
  const exit = once(program.child, 'exit')
  program.child.disconnect()
  assert.deepEqual(await exit, [0, null], program.said())
  await assert.rejects(fetch(`${address}/livez`))
})

test('a signal while it opens ends it in order', async () => {
  await using folder = await aFolder()
  const program = aProgram({ DATA_DIR: join(folder.path, 'shop') })
  await program.says(/Making the database files/)
  program.child.kill('SIGTERM')
  assert.equal(await program.ended(), 0, program.said())
  assert.doesNotMatch(program.said(), ADDRESS)
})

test('what the operator got wrong is one sentence and exit code 1', async () => {
  await using folder = await aFolder()
  await using db = await aDatabase()
  const env = { DATA_DIR: join(folder.path, 'shop') }
  const given = (change: (url: URL) => void): Record<string, string> => {
    const url = new URL(db.adminUrl)
    change(url)
    return { ...env, DATABASE_URL: url.href, TORG_SECRET: TEST_SECRET }
  }

  await refuses(aProgram(env, 'kitchen'), /^"kitchen" is neither a role/)
  await refuses(aProgram({ ...env, PORT: 'many' }), /^PORT must be a whole number/)
  await refuses(
    aProgram(given((url) => (url.password = 'hunter2'))),
    /does not let "postgres" in; correct user and password in DATABASE_URL\.$/m,
  )
  await refuses(aProgram(given((url) => (url.pathname = '/gone'))), /has no database "gone"/)

  const squatter = createServer().listen(0, 'localhost')
  await once(squatter, 'listening')
  const { port } = squatter.address() as { port: number }
  await refuses(aProgram({ ...env, PORT: String(port) }), new RegExp(`^Port ${port} is taken`, 'm'))
  squatter.close()

  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  await admin.query(`insert into platform.migrations (name, hash) values ('orders/9999-new', '')`)
  await admin.end()
  await refuses(aProgram(given(() => {})), /^This database belongs to a newer Torg: it has orders/m)
})

test('a worker says where its health is, on a port of its own, and stops in order', async () => {
  await using folder = await aFolder()
  await using db = await aDatabase()
  const given = { DATA_DIR: folder.path, DATABASE_URL: db.adminUrl, TORG_SECRET: TEST_SECRET }
  const worker = aProgram(given, 'worker')
  const health = await worker.says(/Health +(http:\S+)/)
  assert.equal((await fetch(health)).status, 200)
  const WORKER_PORT = new URL(health).port
  const taken = new RegExp(`^Port ${WORKER_PORT} is taken.* WORKER_PORT=`, 'm')
  await refuses(aProgram({ ...given, WORKER_PORT }, 'worker'), taken)
  worker.child.kill('SIGTERM')
  assert.equal(await worker.ended(), 0, worker.said())
})

test('a given database is used and left as it is', async () => {
  await using folder = await aFolder()
  await using db = await aDatabase({ migrated: false })
  const program = aProgram({
    DATA_DIR: join(folder.path, 'shop'),
    DATABASE_URL: db.adminUrl,
    TORG_SECRET: TEST_SECRET,
  })
  const address = await program.says(ADDRESS)
  assert.equal((await fetch(`${address}/readyz`)).status, 200)
  program.child.kill('SIGINT')
  assert.equal(await program.ended(), 0, program.said())
})
