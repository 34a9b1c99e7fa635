/** Every engine under one suite, and what is particular to one that is a server. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import type { SearchEngine } from '../domain/engine.ts'
import { aDatabase } from '../../../../tests/support/database.ts'
import { readsOf } from '../../../../tests/support/store.ts'
import { databaseClock } from '../../../platform/database-clock.ts'
import { Unavailable } from '../../../platform/outcome.ts'
import { openLog } from '../../../platform/telemetry/log.ts'
import { reality } from '../../../platform/waiting.ts'
import { builtInEngine } from '../queries/built-in-engine.ts'
import { entryChanges } from '../queries/entry-changes.ts'
import { openIndexes } from '../queries/indexes.ts'
import { engineConforms, until } from './engine-conformance.testing.ts'
import { engineShop, PRODUCTS, type EngineSetting, type Product } from './engine-shop.testing.ts'
import type { CallsOptions } from './opensearch/calls.ts'
import { serverEngine } from './opensearch/server-engine.ts'
import { StandIn } from './opensearch/stand-in.testing.ts'

const db = await aDatabase()
const reads = readsOf(db, { connections: 2 })
after(async () => {
  await reads.close()
  await db[Symbol.asyncDispose]()
})

const platform = {
  ...reality,
  reads,
  clock: databaseClock(Date.now()),
  log: openLog({ service: 'test', level: 'silent' }),
}
const builtIn = builtInEngine(openIndexes(platform, { isStirred: () => true }))
const changes = entryChanges(platform)

/** Instead of an engine to fall back to. */
const nobody: SearchEngine = {
  ask: () => Promise.reject(new Unavailable('nobody else answers')),
  renew: async () => undefined,
  figures: { fallbacks: 0 },
}

function settingOf(options: CallsOptions, tenants: EngineSetting['tenants']): EngineSetting {
  return {
    platform,
    adminUrl: db.adminUrl,
    engine: serverEngine(platform, changes, options, builtIn),
    alone: serverEngine(platform, changes, options, nobody),
    tenants,
  }
}

engineConforms('the built-in engine', () => ({
  platform,
  adminUrl: db.adminUrl,
  engine: builtIn,
  alone: builtIn,
  tenants: [1, 5],
}))

const standIn = new StandIn()
let address = ''
before(async () => {
  address = await standIn.listen()
})
after(() => standIn.close())

// Shops 2 and 6 lie in one shard of the stand-in.
let setting: EngineSetting | undefined
engineConforms('OpenSearch’s API as it is documented', () => {
  setting ??= settingOf({ url: `${address}/conform` }, [2, 6])
  return setting
})

const given = process.env['OPENSEARCH_TEST_URL']
if (given === undefined) {
  test('no OpenSearch was tried: OPENSEARCH_TEST_URL names no server', (context) => {
    context.diagnostic('give OPENSEARCH_TEST_URL=http://127.0.0.1:9200 to run the suite on one')
  })
} else {
  let real: EngineSetting | undefined
  engineConforms('OpenSearch', () => {
    real ??= settingOf({ url: `${given}/torg-test-${process.pid}` }, [3, 7])
    return real
  })
}

describe('an engine that is a server', () => {
  const [one] = PRODUCTS as readonly [Product]
  const options = (name: string): CallsOptions => ({
    url: `${address}/${name}`,
    timeoutMs: 300,
    restMs: 100,
  })
  const ready = (shop: { search(ask: object): Promise<unknown> }) =>
    until(() =>
      shop.search({}).then(
        () => true,
        () => false,
      ),
    )

  test('is replaced by the built-in one while it is away, slow or half there, and answers again after', async () => {
    const own = settingOf(options('away'), [10, 14])
    const shop = await engineShop(own)
    await ready(shop)
    const safe = shop.over(own.engine)
    const { total } = await safe({ text: 'кросівки' })
    let bound = 0
    const fallsBack = async (): Promise<boolean> => {
      const before = own.engine.figures.fallbacks
      bound += 1
      assert.deepEqual((await safe({ text: 'кросівки', minPrice: bound })).total, total)
      return own.engine.figures.fallbacks > before
    }
    await until(async () => !(await fallsBack()))
    for (const [begin, end] of [
      [() => void (standIn.isDown = true), () => void (standIn.isDown = false)],
      [() => void (standIn.isPartial = true), () => void (standIn.isPartial = false)],
      [() => void (standIn.delayMs = 400), () => void (standIn.delayMs = 0)],
    ] as const) {
      begin()
      assert.ok(await fallsBack())
      end()
      await until(async () => !(await fallsBack()))
    }
  })

  test('is left alone for a while after five failures', async () => {
    const own = settingOf({ ...options('rest'), restMs: 60_000 }, [11, 15])
    const shop = await engineShop(own)
    await ready(shop)
    const safe = shop.over(own.engine)
    standIn.isPartial = true
    for (let minPrice = 0; minPrice < 20; minPrice += 1) await safe({ minPrice })
    standIn.isPartial = false
    const searches = () => standIn.requests.filter((each) => each.includes('_search')).length
    const before = searches()
    await safe({ minPrice: 99 })
    assert.equal(searches(), before)
  })

  test('goes on with a list where the built-in one must, without doubles', async () => {
    const own = settingOf(options('pages'), [12, 16])
    const shop = await engineShop(own)
    await ready(shop)
    const builtInShop = shop.over(builtIn)
    for (const ask of [{ sort: 'newest' }, { sort: 'price-up' }, { sort: 'rating' }] as const) {
      const first = await shop.search({ ...ask, limit: 4 })
      const second = await builtInShop({ ...ask, limit: 4, after: first.next ?? '' })
      const both = [...first.items, ...second.items].map(({ slug }) => slug)
      const whole = await builtInShop({ ...ask, limit: 8 })
      assert.deepEqual(
        both,
        whole.items.map(({ slug }) => slug),
      )
    }
  })

  test('is fed by several processes at once, and none brings back what was', async () => {
    const tenants = [20, 24] as const
    const processes = [1, 2, 3].map(() => settingOf(options('several'), tenants))
    const [own] = processes as [EngineSetting]
    const shop = await engineShop(own)
    await ready(shop)
    const searches = processes.map(({ alone }) => shop.over(alone))
    for (let price = 50_000; price < 50_004; price += 1) {
      await shop.put(shop.tenant, [{ ...one, price }])
      const seen = await Promise.all(
        searches.map((search) =>
          until(async () => (await search({ minPrice: price })).total.count === 1),
        ),
      )
      assert.ok(Math.max(...seen) < 2000, seen.join())
    }
    for (const search of searches) {
      const page = await search({ text: 'SKU-0' })
      assert.deepEqual(
        page.items.map(({ price }) => price.amount),
        [50_003],
      )
    }
  })

  test('refuses what an earlier round writes after a later one', async () => {
    const own = settingOf(options('rounds'), [21, 25])
    const shop = await engineShop(own)
    await ready(shop)
    const index = standIn.indices.get('rounds-search-products-1')
    const before = index?.documents.get(`21/${one.id}`)
    assert.ok(before !== undefined)
    const line = (version: number) => [
      {
        index: {
          _index: 'rounds-search-products-1',
          _id: before.id,
          routing: '21',
          version,
          version_type: 'external',
        },
      },
      before.source,
    ]
    const body = `${line(before.version)
      .map((each) => JSON.stringify(each))
      .join('\n')}\n`
    const said = await fetch(`${address}/_bulk?refresh=true`, { method: 'POST', body })
    const { items } = (await said.json()) as { items: { index: { status: number } }[] }
    assert.deepEqual(
      items.map((item) => item.index.status),
      [409],
    )
  })

  test('is fed again by a round that somebody overtook before it ended', async () => {
    const own = settingOf(options('overtaken'), [28, 32])
    const shop = await engineShop(own)
    await ready(shop)
    const marks = standIn.indices.get('overtaken-search-shops-1')
    const mark = marks?.documents.get('28')
    assert.ok(mark !== undefined)
    standIn.meanwhile = () => {
      const { source, seqNo } = marks?.documents.get('28') ?? mark
      const round = Number(source['round']) + 1
      const overtaken = { ...source, round, busyUntil: 0 }
      marks?.documents.set('28', { ...mark, source: overtaken, seqNo: seqNo + 100_000 })
    }
    await shop.put(shop.tenant, [{ ...one, price: 60_000 }])
    // Longer than anybody believes what was read before.
    await new Promise((resolve) => setTimeout(resolve, 250))
    assert.equal((await shop.search({ minPrice: 60_000 })).total.count, 1)
    assert.equal(standIn.meanwhile, undefined)
    // One for the shop, one that was overtaken, who did that, and one that ended. How far it read is
    // said by the oldest transaction of the cluster, which others may hold.
    assert.equal(marks?.documents.get('28')?.source['round'], 4)
  })

  test('is written anew where another database is behind it, and forgets what that one had', async () => {
    const tenants = [22, 26] as const
    const own = settingOf(options('restored'), tenants)
    const shop = await engineShop(own)
    await ready(shop)
    const elsewhere: typeof changes = { ...changes, origin: async () => 'another cluster' }
    const ghost = { id: '00000000-0000-4000-8000-00000000ffff', slug: 'ghost' }
    const index = standIn.indices.get('restored-search-products-1')
    const [first] = [...(index?.documents.values() ?? [])]
    assert.ok(first !== undefined)
    index?.documents.set('22/ghost', {
      ...first,
      id: '22/ghost',
      source: { ...first.source, ...ghost, round: 1 },
    })
    const other = serverEngine(platform, elsewhere, options('restored'), builtIn)
    const search = shop.over(other)
    await search({})
    await until(async () => {
      const before = other.figures.fallbacks
      await search({ minPrice: Math.floor(performance.now()) % 999 })
      return other.figures.fallbacks === before
    })
    assert.ok(!(index?.documents.has('22/ghost') ?? true))
    assert.equal((await search({})).total.count, PRODUCTS.filter((each) => each.isAvailable).length)
  })

  test('is told who asks, and neither name nor password stands in an address', async () => {
    const { host } = new URL(address)
    const own = settingOf({ url: `http://torg:p%40ss@${host}/named` }, [23, 27])
    const shop = await engineShop(own)
    await ready(shop)
    const basic = `Basic ${Buffer.from('torg:p@ss').toString('base64')}`
    assert.ok(standIn.authorizations.has(basic))
    assert.ok(standIn.requests.every((each) => !each.includes('p@ss') && !each.includes('p%40ss')))
  })
})
