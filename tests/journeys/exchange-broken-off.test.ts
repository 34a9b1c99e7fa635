/** Tables that are long, odd, called off or read by processes that die. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { xlsxFile } from '../../server/contexts/exchange/formats/write.ts'
import { A, good, Journey, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin({ processes: [['api'], ['worker']] })
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

const tag = (): string => crypto.randomUUID().slice(0, 8).toUpperCase()

async function begin(query: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const answer = await fetch(`${journey.shop.program.url}${A}/admin/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/octet-stream' },
    body,
  })
  const text = await answer.text()
  assert.equal(answer.status, 202, text)
  return JSON.parse(text).id
}

async function until(
  id: string,
  isThere: (seen: Json) => boolean | Promise<boolean>,
  seconds = 90,
): Promise<Json> {
  const late = performance.now() + seconds * 1_000
  for (;;) {
    const seen = good(await journey.get(`${A}/admin/imports/${id}`, { as }))
    if (await isThere(seen)) return seen
    assert.ok(performance.now() < late, `it never came: ${JSON.stringify(seen)}`)
    await sleep(10)
  }
}

const isOver = ({ state }: Json): boolean => !['waiting', 'running'].includes(state)

/** What was recorded of products whose SKUs begin with a word. */
async function made(word: string): Promise<number> {
  const [row] = await journey.shop.query<{ count: number }>(
    `select count(*)::int as count from platform.events
     where type = 'catalog.product-created' and data->'variants'->0->>'sku' like $1`,
    [`${word}-%`],
  )
  return row?.count ?? 0
}

function products(word: string, count: number): string {
  const rows = Array.from({ length: count }, (_, n) => `${word}-${n},Ball ${n},${n + 1}.00`)
  return ['sku,name,price', ...rows].join('\n')
}

const tally = ({ state, rows, applied, unchanged, failed }: Json): unknown => ({
  state,
  rows,
  applied,
  unchanged,
  failed,
})

suite('an import', () => {
  test('that is called off stops, and keeps what it has applied', async () => {
    const word = tag()
    const id = await begin('kind=products', products(word, 20_000))
    await until(id, ({ rows }) => rows > 0)
    const stopped = good(await journey.post(`${A}/admin/imports/${id}/cancel`, {}, { as }))
    assert.equal(stopped.state, 'cancelled')
    // The batch that is under way ends: it has 2,000 rows.
    let count = await made(word)
    for (let before = -1; before < count; count = await made(word)) {
      before = count
      await sleep(300)
    }
    assert.ok(count >= stopped.applied && count <= stopped.applied + 4_000, `${count}`)
    assert.equal((await until(id, isOver)).state, 'cancelled')
    const again = await journey.post(`${A}/admin/imports/${id}/cancel`, {}, { as })
    assert.equal(again.body.code, 'exchange.import-over')
  })

  test('goes on in another process when its own is killed; each row is applied once and counted as such (EXCHANGE-1)', async () => {
    const word = tag()
    const worker = journey.shop.programs[1]
    const id = await begin('kind=products', products(word, 6_000))
    // In the middle of a batch, so that there are rows which nobody has counted.
    await until(id, async ({ rows }) => rows >= 2_000 && (await made(word)) >= rows + 50)
    await worker?.kill('SIGKILL')
    const left = await until(id, () => true)
    assert.ok((await made(word)) > left.rows, 'rows were applied that were not counted')
    assert.ok(left.rowsPerSecond > 0, 'it is told how fast it is, from the first rows on')

    const since = performance.now()
    await journey.shop.another(['worker'])
    await until(id, ({ rows }) => rows > left.rows)
    const seconds = (performance.now() - since) / 1_000
    assert.ok(seconds < 35, `it went on after ${seconds} s`)
    const done = await until(id, isOver)
    const all = { state: 'done', rows: 6_000, applied: 6_000, unchanged: 0, failed: 0 }
    assert.deepEqual(tally(done), all)
    assert.equal(await made(word), 6_000)
    const again = await until(await begin('kind=products', products(word, 6_000)), isOver)
    assert.deepEqual(tally(again), { ...all, applied: 0, unchanged: 6_000 })
  })

  test('takes workbooks, and tables in the alphabets of old programs', async () => {
    const word = tag()
    const table = [
      ['sku', 'name', 'price'],
      [`${word}-X`, 'Мʼяч', '1299.50'],
    ]
    const pieces: Uint8Array[] = []
    for await (const piece of xlsxFile(rowsOf(table))) pieces.push(Buffer.from(piece))
    const utf16 = (word: string): Buffer =>
      Buffer.from(`\uFEFFsku;name;price\r\n${word};Мяч;5,00\r\n`, 'utf16le')
    const cyrillic = 'Мяч'.split('').map((letter) => letter.charCodeAt(0) - 0x410 + 0xc0)
    const old = Buffer.concat([
      Buffer.from(`sku;name;price\r\n${word}-O;`),
      Buffer.from(cyrillic),
      Buffer.from(';5,00\r\n'),
    ])
    for (const [sku, name, query, bytes] of [
      [`${word}-X`, 'Мʼяч', '', Buffer.concat(pieces)],
      [`${word}-U`, 'Мяч', '', utf16(`${word}-U`)],
      [`${word}-O`, 'Мяч', '&encoding=windows-1251', old],
    ] as const) {
      const id = await begin(`kind=products${query}`, new Uint8Array(bytes))
      const done = await until(id, isOver)
      assert.deepEqual(
        tally(done),
        { state: 'done', rows: 1, applied: 1, unchanged: 0, failed: 0 },
        sku,
      )
      const { items } = good(await journey.get(`${A}/admin/products?sku=${sku}`, { as }))
      assert.equal(good(await journey.get(`${A}/products/${items[0].id}`, { as })).name, name)
    }
  })

  test('with a cell of ten million characters says where, and takes nothing of it', async () => {
    const id = await begin('kind=products', `sku,name,price\nA,${'x'.repeat(10_000_000)},5\n`)
    const done = await until(id, isOver)
    const { items } = good(await journey.get(`${A}/admin/imports/${id}/faults`, { as }))
    assert.equal(done.applied, 0)
    assert.equal(items[0].line, 2)
  })
})

async function* rowsOf(table: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* table
}
