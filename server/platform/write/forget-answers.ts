import pg from 'pg'

import type { Job } from '../context.ts'
import { pipelinedConfig, run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'

const stale = statement<{ slot: number; isOld: boolean }>(
  'write.stale-answers',
  `with tomorrow as (
     select ((extract(epoch from clock_timestamp())::bigint / 86400 + 1) % 4)::int as slot)
   select slot, exists (
     select from platform.keys k
     where k.slot = tomorrow.slot and k.at < clock_timestamp() - interval '48 hours') as "isOld"
   from tomorrow`,
)

/**
 * Empties the slot of the key ring that tomorrow writes to: what is in it is three days old. No row
 * is deleted one by one, so forgetting costs nothing however many answers there were.
 */
export function forgetAnswers(connection: pg.ClientConfig): Job {
  return {
    name: 'forget-answers',
    everySeconds: 3600,
    async run() {
      const client = new pg.Client({
        ...pipelinedConfig(connection),
        pipeline: false,
      } as pg.ClientConfig)
      client.on('error', () => undefined)
      await client.connect()
      try {
        const { rows } = await run(client, stale)
        const [found] = rows
        if (found?.isOld === true) await client.query(`truncate platform.keys_${found.slot}`)
      } finally {
        await client.end()
      }
    },
  }
}
