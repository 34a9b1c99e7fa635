import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { borderViolations, placeViolations, PURE_PLATFORM, undeclaredPackages } from './borders.ts'
import type { Manifest } from './dependencies.ts'
import { readSources, root } from './tree.ts'

test('no import crosses a border', () => {
  const files = readSources()
  assert.ok(Object.keys(files).length > 20, 'the tree was read')
  assert.deepEqual([...placeViolations(files), ...borderViolations(files)], [])
  assert.deepEqual(
    PURE_PLATFORM.filter((path) => !(path in files)),
    [],
    'files that are called pure exist',
  )
})

test('every imported package is declared', () => {
  const files = Object.entries(readSources())
  // The maker of the API's types has packages of its own: its TypeScript is not ours.
  const apart = 'tools/api-client/'
  for (const [folder, isItsOwn] of [
    ['', ([path]: readonly [string, string]) => !path.startsWith(apart)],
    [apart, ([path]: readonly [string, string]) => path.startsWith(apart)],
  ] as const) {
    const manifest = JSON.parse(readFileSync(`${root}${folder}package.json`, 'utf8')) as Manifest
    const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
    const own = Object.fromEntries(files.filter(isItsOwn))
    assert.ok(Object.keys(own).length > 0, `${folder} was read`)
    assert.deepEqual(undeclaredPackages(own, declared), [])
  }

  const found = (text: string): string[] =>
    undeclaredPackages({ 'server/a.ts': text }, new Set(['pg', '@node-rs/argon2']))
  assert.deepEqual(found(`import pg from 'pg'\nimport '@node-rs/argon2/x'\nimport 'node:fs'`), [])
  assert.match(found(`import { LRUCache } from 'lru-cache'`)[0] ?? '', /lru-cache: is not in/)
  assert.match(found(`await import('@other/thing/deep')`)[0] ?? '', /is not in package.json/)
})

/** Each rule is seen to bite: a checker nobody has watched fail checks nothing. */
function check(path: string, line: string, expected: RegExp | 'fine'): void {
  const [first = 'fine'] = borderViolations({ [path]: line })
  if (expected === 'fine') assert.equal(first, 'fine', line)
  else assert.match(first, expected, line)
}

const inDomain = 'server/contexts/inventory/domain/level.ts'
const inCommand = 'server/contexts/inventory/commands/receive-goods.ts'
const inPlatform = 'server/platform/jobs/timers.ts'

test('a domain reaches for nothing', () => {
  check(inDomain, `import type { StockHeld } from '../contract.ts'`, 'fine')
  check(inDomain, `import { accept } from '#platform/outcome'`, 'fine')
  check(inDomain, `import assert from 'node:assert/strict'`, 'fine')
  check(inDomain, `import type { TenantId } from '#platform/ids'`, 'fine')
  check(inDomain, `import { randomIds } from '#platform/ids'`, /a domain is pure/)
  check(inDomain, `import * as levels from '../store/levels.ts'`, /domain may not import store/)
  check(inDomain, `import { readFile } from 'node:fs/promises'`, /a domain is pure/)
  check(inDomain, `import type { Pool } from 'pg'`, /a domain is pure/)
  check(inDomain, `const it = await import('node:fs')`, /a domain is pure/)
  const inWords = 'server/contexts/search/words/stems.ts'
  check(inWords, `import { foldedWord } from './alphabet.ts'`, 'fine')
  check(inWords, `import type { Entry } from '../domain/entry.ts'`, /words may not import domain/)
  check(inWords, `import { LRUCache } from 'lru-cache'`, /a words is pure/)
  check('server/contexts/search/domain/find.ts', `import { a } from '../words/stems.ts'`, 'fine')
})

test('a contract is types only', () => {
  const inContract = 'server/contexts/inventory/contract.ts'
  check(inContract, `import type { Money } from '#platform/money'`, 'fine')
  check(inContract, `import type { OrderPaid } from '#context/orders'`, 'fine')
  check(inContract, `import { money } from '#platform/money'`, /a contract is types only/)
  check(inContract, `import type { L } from './domain/level.ts'`, /contract may not import domain/)
})

test('what is asked of a service outside is types only, and its adapters know it', () => {
  const port = 'server/contexts/inventory/provider.ts'
  check(port, `import type { Money } from '#platform/money'`, 'fine')
  check(port, `import type { Stock } from './contract.ts'`, /provider may not import contract/)
  check(port, `import Stripe from 'stripe'`, /a provider is pure/)
  const inAdapter = 'server/contexts/inventory/adapters/scales.ts'
  check(inAdapter, `import type { Scales } from '../provider.ts'`, 'fine')
  check(inAdapter, `import { request } from 'node:https'`, 'fine')
  check(inAdapter, `import { weigh } from '../commands/weigh.ts'`, /may not import commands/)
})

test('only types cross between contexts', () => {
  check(inCommand, `import type { OrderPaid } from '#context/orders'`, 'fine')
  check(inCommand, `import { orderPaid } from '#context/orders'`, /only types cross/)
  check(inCommand, `import { type OrderPaid } from '#context/orders'`, /only types cross/)
  check(inCommand, `import type { Stock } from '#context/inventory'`, /its own files by path/)
  check(inCommand, `import type { O } from '../../orders/domain/order.ts'`, /leaves its context/)
  check(inCommand, `type O = import('../../orders/domain/order.ts').O`, /leaves its context/)
  check(inCommand, `export * from '../../orders/contract.ts'`, /leaves its context/)
  check(inCommand, `await import('../../orders/domain/order.ts')`, /leaves its context/)
  check(inCommand, 'await import(`../../${it}/contract.ts`)', /computed import/)
})

test('layers of a context point inwards', () => {
  check(inCommand, `import { shelves } from '../domain/shelf.ts'`, 'fine')
  check(inCommand, `export { routes } from '../http/routes.ts'`, /commands may not import http/)
  const inHttp = 'server/contexts/inventory/http/routes.ts'
  check(inHttp, `import { levels } from '../store/levels.ts'`, /http may not import store/)
  check(inHttp, `import { Type } from 'typebox'`, 'fine')
  const inContext = 'server/contexts/inventory/context.ts'
  check(inContext, `import { total } from './domain/total.ts'`, 'fine')
  check(inCommand, `import { openCart } from '../context.ts'`, /commands may not import context/)
  check('server/contexts/notifications/routes.ts', `import * as s from './store.ts'`, 'fine')
  check('server/contexts/inventory/stuff/a.ts', `import '../contract.ts'`, /stuff is no layer/)
  assert.match(
    placeViolations({ 'server/contexts/inventory/stuff.ts': '' })[0] ?? '',
    /stuff is no layer/,
  )
})

test('machinery belongs to the platform and to adapters', () => {
  check(inCommand, `import { Pool } from 'pg'`, /machinery is the platform/)
  check(inCommand, `import { request } from 'node:http'`, /machinery is the platform/)
  check(inCommand, `import { isIP } from 'node:net'`, 'fine')
  check(inCommand, `import { isIP, connect } from 'node:net'`, /machinery is the platform/)
  check(inCommand, `import type { Logger } from 'pino'`, 'fine')
  check('server/contexts/payments/adapters/http.ts', `import { Agent } from 'node:http'`, 'fine')
  check(inPlatform, `import { Pool } from 'pg'`, 'fine')
})

test('the platform knows no context and nothing above it', () => {
  check(inPlatform, `import type { StockHeld } from '#context/inventory'`, /knows no context/)
  check(inPlatform, `import type { C } from '../../contexts/cart/contract.ts'`, /knows no context/)
  check(inPlatform, `import { compose } from '../../compose.ts'`, /what is above it is handed/)
  check(inPlatform, `import type { Config } from '../../config.ts'`, 'fine')
})

test('settle and the ledger run only what is pure', () => {
  const inSettle = 'server/platform/write/settle.ts'
  check(inSettle, `import { isWorld } from '../ledger/transfer.ts'`, 'fine')
  check(inSettle, `import type { Store } from './store.ts'`, 'fine')
  check(inSettle, `import { Pool } from 'pg'`, /is pure/)
  check(inSettle, `import { setTimeout } from 'node:timers/promises'`, /is pure/)
  check(inSettle, `import { openStore } from './postgres-store.ts'`, /runs only what is pure/)
  check('server/platform/ledger/apply.ts', `import '../db/reads.ts'`, /runs only what is pure/)
})

test('only compose.ts opens contexts', () => {
  const opens = `import { openInventory } from './contexts/inventory/context.ts'`
  check('server/compose.ts', opens, 'fine')
  check('server/main.ts', opens, /only compose.ts opens contexts/)
  check('server/compose.ts', `import './contexts/cart/domain/cart.ts'`, /leaves its context/)
  check(
    'server/demo/seed.ts',
    `import { openCart } from '../contexts/cart/context.ts'`,
    /only compose.ts/,
  )
  check('server/demo/seed.ts', `import type { Cart } from '#context/cart'`, 'fine')
})

test('the test provider is a program of its own', () => {
  check('server/test-provider/main.ts', `import { serve } from './serve.ts'`, 'fine')
  check('server/test-provider/main.ts', `import { money } from '#platform/money'`, /of its own/)
  check('server/main.ts', `import { serve } from './test-provider/serve.ts'`, /of its own/)
})

test('who renders pages knows the platform and asks the API for the rest', () => {
  const inPages = 'server/pages/session.ts'
  check(inPages, `import type { Clock } from '#platform/clock'`, 'fine')
  check(inPages, `import { Kept } from '#platform/cache/kept'`, 'fine')
  check(inPages, `import { matchRoutes } from 'react-router'`, 'fine')
  check(inPages, `import type { FastifyRequest } from 'fastify'`, 'fine')
  check(inPages, `import Fastify from 'fastify'`, /rendered by react-router/)
  check(inPages, `import { renderToString } from 'react-dom/server'`, /rendered by react-router/)
  check(inPages, `import type { Cart } from '#context/cart'`, /pages ask the API/)
  check(inPages, `import { config } from '../config.ts'`, /nothing above them/)
  check(inPages, `import { pathsFor } from '../../web/store/paths.ts'`, /does not import tests/)
  check(inPages, 'await import(`./${it}.ts`)', /computed import/)
  check('server/pages/built.ts', 'await import(file)', 'fine')
  check(inPlatform, `import type { Visit } from '../../pages/contract.ts'`, /what is above it/)
  check('server/main.ts', `import { openPages } from './pages/pages.ts'`, 'fine')
})

test('tests see their own context, and the program sees no test', () => {
  const inTest = 'server/contexts/cart/cart.db.test.ts'
  check(inTest, `import { aDatabase } from '../../../tests/support/database.ts'`, 'fine')
  check(inTest, `import { add } from './store/carts.ts'`, 'fine')
  check(inTest, `import { compose } from '../../compose.ts'`, 'fine')
  check(inTest, `import { open } from '../orders/context.ts'`, /tests of several contexts/)
  check('server/platform/write/a.test.ts', `import '../../contexts/cart/store.ts'`, /looks into/)
  check(inDomain, `import { aShelf } from './shelf.testing.ts'`, /does not import its tests/)
  check(inPlatform, `import { x } from '../../../bench/x.ts'`, /does not import tests/)
  check('tests/journeys/a.test.ts', `import '../../server/contexts/cart/store.ts'`, 'fine')
})
