import pg from 'pg'

import { chargesAt } from '../../tools/verify/provider.ts'
import { sentences, verify } from '../../tools/verify/verify.ts'

/**
 * What is wrong in a database, a sentence each: what `npm run verify` finds. None when all is well
 * whatever happened to the processes that wrote it.
 */
export async function violations(adminUrl: string, providerUrl?: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const charges = providerUrl === undefined ? undefined : chargesAt(providerUrl)
    return sentences(await verify(client, { charges }))
  } finally {
    await client.end()
  }
}
