import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { aDatabase } from '../../../tests/support/database.ts'
import { openPool, run } from '../db/connections.ts'
import type { TenantId } from '../ids.ts'
import { lock } from './postgres-lock.ts'
import { sql } from './postgres-sql.ts'
import { keyed } from './settle.ts'
import type { Needs } from './store.ts'

const A = 1 as TenantId
const ERA = 1
/** Long enough for a lock that is free. */
const SHORTLY = 300

type Wanted = readonly [stream: string, isOnlyRead: boolean]

const needsOf = (...wanted: readonly Wanted[]): Needs => ({
  keys: [],
  accounts: [],
  holds: [],
  streams: wanted.map(([stream, isOnlyRead]) => ({ tenant: A, stream, isOnlyRead })),
})

test('who only reads a stream waits for who changes it, and the other way round, but not for each other', async () => {
  await using db = await aDatabase()
  const pool = openPool({ ...db.connection('torg_writer'), max: 5 }, () => undefined)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => pool.end())
  await pool.query(
    `insert into platform.streams (tenant_id, stream, version)
     values (1, 'tree', 3), (1, 'one', 1), (1, 'another', 2)`,
  )
  const session = async (...wanted: readonly Wanted[]) => {
    const client = await pool.connect()
    const locked = lock(client, needsOf(...wanted), ERA)
    return {
      versions: async () => (await locked).versions,
      isIn: async () => Promise.race([locked.then(() => true), sleep(SHORTLY, false)]),
      async leave() {
        await locked
        await run(client, sql.rollback)
        client.release()
      },
    }
  }

  const importing = await session(['tree', true], ['one', false])
  assert.deepEqual(
    await importing.versions(),
    new Map([
      [keyed(A, 'tree'), 3],
      [keyed(A, 'one'), 1],
    ]),
  )
  const editing = await session(['another', false], ['tree', true])
  const looking = await session(['tree', true])
  assert(await editing.isIn(), 'two who only read wait for each other')
  assert(await looking.isIn())
  const moving = await session(['tree', false])
  const second = await session(['one', true])
  assert(!(await moving.isIn()), 'what others decide on is changed under them')
  assert(!(await second.isIn()), 'what is being changed is decided on')
  await importing.leave()
  assert(await second.isIn())
  await second.leave()
  await editing.leave()
  assert(!(await moving.isIn()))
  await looking.leave()
  assert(await moving.isIn())
  const late = await session(['tree', true])
  assert(!(await late.isIn()))
  await moving.leave()
  assert(await late.isIn())
  await late.leave()
})
