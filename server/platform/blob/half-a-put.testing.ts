/** A program that begins to put a blob and never ends, for whoever kills it. */
import { setTimeout as sleep } from 'node:timers/promises'

import { randomIds, type TenantId } from '../ids.ts'
import { folderBlobs } from './folder-blobs.ts'

async function* endless(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(1_000_000, 'x')
  process.send?.('half')
  await sleep(60_000)
  yield Buffer.alloc(1_000_000, 'y')
}

const blobs = folderBlobs(process.argv[2] ?? '', randomIds)
await blobs.put(7 as TenantId, 'half', endless(), 10_000_000)
