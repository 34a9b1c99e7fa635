import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

import { contextsDoc, sharedPorts } from '../../tools/docs/contexts.ts'
import { readContracts } from '../../tools/docs/contracts.ts'
import { generatedDocuments } from '../../tools/docs/documents.ts'
import { eventsDoc } from '../../tools/docs/events.ts'
import { problemsDoc } from '../../tools/docs/problems.ts'
import { brokenLinks, lostNames, staleDocuments, undecidedPorts } from './documents.ts'
import { readFiles, readSources, root } from './tree.ts'

test('generated documents equal their sources', async () => {
  const expected = await generatedDocuments()
  assert.deepEqual(staleDocuments(expected, readIfThere), [])
})

test('a port that returns parts of a commit stands in a decision record', () => {
  const ports = sharedPorts(readContracts(readSources()))
  assert.deepEqual(undecidedPorts(ports, readFiles(['docs/decisions/*.md'])), [])
})

test('documents point at what is there', () => {
  const documents = readFiles(['*.md', 'docs/**/*.md', '{server,web}/**/*.md'])
  const exists = (path: string): boolean => existsSync(`${root}${path}`)
  assert.ok(Object.keys(documents).length > 10, 'documents were found')
  assert.deepEqual([...brokenLinks(documents, exists), ...lostNames(documents, exists)], [])
})

test('a link or a name that leads nowhere is named', () => {
  const exists = (path: string): boolean => path === 'docs/a.md'
  const check = (text: string): string[] => [
    ...brokenLinks({ 'docs/b.md': text }, exists),
    ...lostNames({ 'docs/b.md': text }, exists),
  ]
  assert.deepEqual(
    check('[a](a.md#part) [out](https://example.test) `docs/a.md` [up](../docs/a.md)'),
    [],
  )
  assert.match(check('[c](c.md)')[0] ?? '', /docs\/b\.md links c\.md/)
  assert.match(check('see `server/gone.ts`')[0] ?? '', /names server\/gone\.ts/)
})

function readIfThere(path: string): string | undefined {
  return existsSync(`${root}${path}`) ? readFileSync(`${root}${path}`, 'utf8') : undefined
}

test('a document that is missing or differs is named with its first differing line', () => {
  const check = (found: string | undefined): string | undefined =>
    staleDocuments({ 'docs/a.md': 'one\ntwo\n' }, () => found)[0]
  assert.equal(check('one\ntwo\n'), undefined)
  assert.match(check(undefined) ?? '', /docs\/a\.md is missing/)
  assert.match(check('one\n2\n') ?? '', /docs\/a\.md differs from its source in line 2/)
  assert.match(check('one\ntwo\nthree\n') ?? '', /in line 3/)
})

const tree = {
  'server/contexts/inventory/contract.ts': `
/** Stock: how many units are where. */

import type { Transfer as Movement } from '#platform/ledger/transfer'
import type { Write } from '#platform/write/commit'

/** Units came in. Counted twice. */
export interface GoodsReceived {
  readonly type: 'inventory.goods-received'
  /** How many, in whole units. */
  readonly quantity: number
  readonly kind: 'whole' | 'broken'
}

/** Facts of any delivery. */
export interface Delivery {
  /** Whose delivery note it is. */
  readonly supplierRef: string
}

/** Goods were sent back. */
export interface GoodsReturned extends Delivery {
  readonly type: 'inventory.goods-returned'
}

export type StockEvent = GoodsReceived | GoodsReturned

/** What a hold is made of. */
export interface HoldParts {
  readonly transfer: Movement
}

/** What cart asks of stock. */
export interface Stock {
  /** Sets units aside. Nothing else. */
  hold(sku: string): Movement
  /** The same, wrapped. */
  holdAll(skus: readonly string[]): Promise<HoldParts>
  free(sku: string): Promise<number>
  /** What to append. */
  take(sku: string): Outcome<readonly StockEvent[]>
  /** Has been done. */
  receive(sku: string): Promise<Outcome<GoodsReceived>>
  readonly note: (text: string) => readonly Write[]
}`,
  'server/contexts/cart/contract.ts': '/** Carts. */\nexport interface Cart { count(): number }',
  'server/contexts/cart/commands/add.ts': `import type { Stock } from '#context/inventory'`,
}

test('events are told with their facts', () => {
  const doc = eventsDoc(readContracts(tree))
  assert.match(doc, /### inventory\.goods-received\n\nUnits came in\. Counted twice\./)
  assert.match(doc, /\| `quantity` \| `number` \| How many, in whole units\. \|/)
  assert.match(
    doc,
    /goods-returned[\s\S]*\| `supplierRef` \| `string` \| Whose delivery note it is/,
  )
  assert.match(doc, /\| `kind` \| `'whole' \\\| 'broken'` \|/)
})

test('ports that return parts of a commit are found, wrapped ones too', () => {
  const ports = sharedPorts(readContracts(tree))
  assert.deepEqual(
    ports.map(({ name, knownBy }) => [name, knownBy]),
    [
      ['inventory.hold', ['cart']],
      ['inventory.holdAll', ['cart']],
      ['inventory.take', ['cart']],
      ['inventory.note', ['cart']],
    ],
  )
  assert.deepEqual(undecidedPorts(ports, { 'docs/decisions/0001-a.md': 'inventory.hold only' }), [
    'inventory.holdAll returns parts of a commit; a decision record must name it',
    'inventory.take returns parts of a commit; a decision record must name it',
    'inventory.note returns parts of a commit; a decision record must name it',
  ])
})

test('contexts are told with their story, ports, events and whom they know', () => {
  const doc = contextsDoc(readContracts(tree))
  assert.match(
    doc,
    /\| `inventory\.hold\(sku: string\): Movement` \| Sets units aside\. \| cart \|/,
  )
  assert.match(doc, /## inventory\n\nStock: how many units are where\./)
  assert.match(doc, /Publishes `inventory\.goods-received`, `inventory\.goods-returned`\./)
  assert.match(doc, /Knows inventory\./)
})

test('problems are told by owner, in the order of their codes', () => {
  const doc = problemsDoc([
    { name: 'cart', problems: { 'cart.full': { status: 409, title: 'The cart is full' } } },
    { name: 'empty', problems: {} },
  ])
  assert.match(doc, /## cart\n\n.*\n.*\n\| `cart\.full` \| 409 \| The cart is full \|  \|/)
  assert.doesNotMatch(doc, /empty/)
})
