import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { prepareDataDir } from '../data-dir.ts'
import { startEmbedded } from './embedded.ts'
import { makeCluster, placeIn } from './postgres-cluster.ts'
import { chooseAccount, findBinaries } from './postgres-process.ts'

const settings = { fsync: 'off', shared_buffers: '16MB' }

/** A folder that only its owner may enter, like a checkout under `mktemp -d` or `/root`. */
async function aClosedFolder() {
  const path = await mkdtemp(join(tmpdir(), 'torg-embedded-'))
  await chmod(path, 0o700)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<T & pg.QueryResultRow>(sql)).rows
  } finally {
    await client.end()
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!holds()) {
    assert(performance.now() < deadline, 'it did not happen within 15 s')
    await sleep(20)
  }
}

test('what was stored is there after a stop and a start', async () => {
  await using folder = await aClosedFolder()
  const first = await startEmbedded({ dataDir: folder.path, settings })
  await ask(first.url, 'create table kept as select 47 as units')
  const [facts] = await ask(
    first.url,
    `select current_setting('server_encoding') as encoding, upper('їжак') as upper,
            current_setting('synchronous_commit') as durable`,
  )
  assert.deepEqual(facts, { encoding: 'UTF8', upper: 'ЇЖАК', durable: 'on' })
  await first.stop()
  await first.stop()

  const second = await startEmbedded({ dataDir: folder.path, settings })
  assert.equal(second.url, first.url)
  assert.deepEqual(await ask(second.url, 'select units from kept'), [{ units: 47 }])
  await second.stop()

  const third = await startEmbedded({ dataDir: folder.path, settings, fresh: true })
  await assert.rejects(ask(third.url, 'select units from kept'), /does not exist/)
  await third.stop()
})

test('only this machine, and only with the password, can connect', async () => {
  await using folder = await aClosedFolder()
  const database = await startEmbedded({ dataDir: folder.path, settings })
  const stranger = new URL(database.url)
  stranger.password = 'guess'
  await assert.rejects(ask(stranger.href, 'select 1'), { code: '28P01' })
  const [{ addresses } = { addresses: '' }] = await ask<{ addresses: string }>(
    database.url,
    `select current_setting('listen_addresses') as addresses`,
  )
  assert.equal(addresses, '127.0.0.1')
  assert.equal((await stat(join(folder.path, 'postgres.json'))).mode & 0o777, 0o600)
  await database.stop()
})

test('after the program was killed the next start finds everything and starts anew', async () => {
  await using folder = await aClosedFolder()
  const program = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
       const { url } = await startEmbedded(${JSON.stringify({ dataDir: folder.path, settings })})
       console.log(url)
       setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(program.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  await ask(url, 'create table kept as select 47 as units')
  await assert.rejects(
    startEmbedded({ dataDir: folder.path, settings }),
    new RegExp(`running on .* already, as process ${program.pid}`),
  )

  program.kill('SIGKILL')
  await once(program, 'exit')
  const told: string[] = []
  const next = await startEmbedded({
    dataDir: folder.path,
    settings,
    onProgress: (words) => told.push(words),
  })
  assert.deepEqual(told, ['Stopped the PostgreSQL of a run that was killed'])
  assert.deepEqual(await ask(next.url, 'select units from kept'), [{ units: 47 }])
  await next.stop()
})

test('a server that is killed is started again on the same address', async () => {
  await using folder = await aClosedFolder()
  const troubles: string[] = []
  const database = await startEmbedded({
    dataDir: folder.path,
    settings,
    onTrouble: (words) => troubles.push(words),
  })
  const before = database.pid()
  assert(before)
  process.kill(before, 'SIGKILL')
  await until(() => database.pid() !== before)
  await ask(database.url, 'select 1')
  assert.equal(troubles.length, 1)
  await database.stop()
})

test('a taken port is changed for another', async () => {
  await using folder = await aClosedFolder()
  const first = await startEmbedded({ dataDir: folder.path, settings })
  await first.stop()
  const notes = JSON.parse(await readFile(join(folder.path, 'postgres.json'), 'utf8')) as {
    port: number
  }
  const squatter = createServer().listen(notes.port, '127.0.0.1')
  await once(squatter, 'listening')
  const second = await startEmbedded({ dataDir: folder.path, settings })
  assert.notEqual(second.url, first.url)
  await ask(second.url, 'select 1')
  await second.stop()
  squatter.close()
})

test('a folder with other things in it is left alone', async () => {
  await using folder = await aClosedFolder()
  await writeFile(join(folder.path, 'thesis.txt'), 'years of work')
  await assert.rejects(startEmbedded({ dataDir: folder.path, settings, fresh: true }), {
    name: 'CannotStart',
    message: /holds other things \(thesis\.txt\)/,
  })
  assert.equal(await readFile(join(folder.path, 'thesis.txt'), 'utf8'), 'years of work')
})

test('a server that cannot start says so in one sentence', async () => {
  await using folder = await aClosedFolder()
  await assert.rejects(
    startEmbedded({ dataDir: folder.path, settings: { max_connections: 'many' } }),
    {
      name: 'CannotStart',
      message: /^PostgreSQL did not start: .*max_connections.*postgres\.log\.$/,
    },
  )
})

test('a checkout that only its owner may enter has a working PostgreSQL, also for root', async () => {
  await using folder = await aClosedFolder()
  const { postgres } = await findBinaries()
  await cp(dirname(dirname(postgres)), join(folder.path, 'native'), { recursive: true })
  const bin = join(folder.path, 'native', 'bin')
  const binaries = { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') }
  const place = placeIn(join(folder.path, 'data'))
  await prepareDataDir(place.dataDir)
  await makeCluster(place, chooseAccount(binaries, place.cluster), binaries)
  assert.equal(await readFile(join(place.cluster, 'PG_VERSION'), 'utf8'), '18\n')
})
