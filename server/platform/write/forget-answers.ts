import assert from 'node:assert/strict'

import pg from 'pg'

import type { Job } from '../context.ts'
import { pipelinedConfig, sqlState } from '../db/connections.ts'

/**
 * Emptying needs the table for itself, and whoever writes meanwhile waits behind it: so it waits
 * no longer than this for the others and leaves the rest to the next hour.
 */
const LOCK_TIMEOUT_MS = 200

const LOCK_NOT_AVAILABLE = '55P03'

/** The slot into which answers go from midnight (UTC) on. */
const TOMORROW = `
  select (floor(extract(epoch from clock_timestamp()) / 86400)::bigint + 1)::int % 4 as slot`

/**
 * Empties tomorrow's slot of the ring of answers, three days after it was last written: what is in
 * it is older than 48 h and is promised to nobody. No row is ever deleted, so nothing needs
 * vacuuming. `connection` is of `torg_writer`, as the ring belongs to the writer.
 */
export function forgetAnswers(connection: pg.ClientConfig): Job {
  return {
    name: 'forget-answers',
    everySeconds: 3600,
    firstAfterSeconds: 60,
    async run() {
      const client = new pg.Client(pipelinedConfig(connection))
      // A connection that breaks rejects the statement under way, which is what speaks of it.
      client.on('error', () => undefined)
      await client.connect()
      try {
        const slot = await tomorrow(client)
        if (await hasOldAnswers(client, slot)) await empty(client, slot)
      } finally {
        await client.end()
      }
    },
  }
}

async function tomorrow(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ slot: number }>(TOMORROW)
  const slot = rows[0]?.slot
  assert(slot !== undefined && slot >= 0 && slot < 4, `${slot} is no slot of the ring`)
  return slot
}

async function hasOldAnswers(client: pg.Client, slot: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from platform.keys_${slot}
     where at < clock_timestamp() - interval '48 hours' limit 1`,
  )
  return rowCount === 1
}

async function empty(client: pg.Client, slot: number): Promise<void> {
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await client.query(`lock table platform.keys_${slot} in access exclusive mode`)
    // Midnight may have gone by while it waited; today's slot is being written.
    if ((await tomorrow(client)) === slot) await client.query(`truncate platform.keys_${slot}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error
  }
}
