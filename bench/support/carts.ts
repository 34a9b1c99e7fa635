import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Program } from './program.ts'

/**
 * Makes so many empty carts, as copies in the log of one that the program made, and returns a file
 * with their ids. The program has none of them in memory, as after a restart: it loads each when it
 * is used.
 */
export async function manyCarts(program: Program, count: number): Promise<string> {
  const cartId = await program.api.createCart()
  const database = await program.database()
  try {
    const { rows } = await database.query<{ stream: string }>(
      `with made as (
         insert into platform.events
           (tenant_id, stream, version, type, schema_version, data, cause, era, at)
         select tenant_id, 'cart/' || gen_random_uuid(), version, type, schema_version, data, cause,
           era, clock_timestamp()
         from platform.events, generate_series(1, $2::int) where stream = $1
         returning tenant_id, stream, version
       ), begun as (
         insert into platform.streams (tenant_id, stream, version) select * from made
       )
       select stream from made`,
      [`cart/${cartId}`, count],
    )
    await database.query('analyze platform.events, platform.streams')
    const file = join(program.folder, 'bench-carts.txt')
    writeFileSync(file, rows.map(({ stream }) => stream.slice('cart/'.length)).join('\n'))
    return file
  } finally {
    await database.end()
  }
}
