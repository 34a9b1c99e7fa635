import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import { aDatabase } from '../../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../../tests/support/store.ts'
import { onHand, suppliers } from '../accounts.ts'
import { stockOf } from './stock-of.ts'

const SHOP = 1 as TenantId
const db = await aDatabase()
const writer = await writerOf(db)
const reads = readsOf(db)

after(async () => {
  await writer.close()
  await reads.close()
  await db[Symbol.asyncDispose]()
})

test('what is there and why agree, though the clock of this process is behind what is written', async () => {
  const received = await writer.write({
    tenant: SHOP,
    caller: 'user/olena',
    key: 'receipt',
    fingerprint: '',
    streams: {},
    decide: () =>
      accept({
        transfers: [
          {
            verb: 'move',
            from: suppliers('BALL'),
            to: onHand('kyiv', 'BALL'),
            amount: 3,
            refusal: { code: 'never' },
          },
        ],
        answer: null,
      }),
  })
  assert(received.ok)
  const behind = { now: () => Date.now() - 1_000 }
  const see = stockOf(
    { reads, clock: behind },
    {
      offers: { offers: async () => new Map(), skusOf: async () => [] },
      levels: { freeUnits: async () => new Map() },
    },
  )
  const now = await see(SHOP, 'BALL')
  assert(now.ok)
  assert.equal(now.value.stock, 3)
  assert.deepEqual(
    now.value.why.map(({ what, quantity }) => [what, quantity]),
    [['received', 3]],
  )
})
