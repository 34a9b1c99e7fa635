/** What people see while the database is away: a page that says so, and when to come back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Answer } from '../support/client.ts'
import { openShop } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
before(async () => {
  shop = await openShop({ wires: true })
})
after(() => shop?.[Symbol.asyncDispose]())

/** Shops by host name are remembered for so long (server/contexts/tenants). */
const SHOPS_KEPT_MS = 5_000

const ask = (path: string, accept = 'text/html', language = 'en'): Promise<Answer<string>> =>
  shop.client().get<string>(path, { headers: { accept, 'accept-language': language } })

async function until(path: string, status: number): Promise<Answer<string>> {
  for (const deadline = performance.now() + 20_000; ; await sleep(100)) {
    const answer = await ask(path)
    if (answer.status === status) return answer
    assert.ok(performance.now() < deadline, `${path} stays ${answer.status}`)
  }
}

function isHonest({ status, headers, text }: Answer<string>, words: string): void {
  assert.equal(status, 503)
  assert.match(String(headers['content-type']), /^text\/html/)
  assert.ok(Number(headers['retry-after']) >= 1)
  assert.equal(headers['cache-control'], 'no-store')
  assert.ok(text.includes(words), text.slice(0, 400))
  // It stands by itself: no file, no script, and nothing of our insides.
  assert.doesNotMatch(
    text,
    /<script|<link rel="stylesheet"|src=|node_modules|\.ts:|Error|postgres/i,
  )
  assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/)
}

test('while the database is away pages say so in their language, and come back by themselves', async () => {
  const { body } = await shop.client().get<string>('/en/')
  assert.match(body, /Torg Sport/)
  shop.wires.database.set('cut')
  try {
    // The shop is known, its cart cannot be read; then not even the shop is known.
    isHonest(await until('/en/cart', 503), 'The shop will be back in a moment')
    await sleep(SHOPS_KEPT_MS + 1_000)
    isHonest(await ask('/en/'), 'The shop will be back in a moment')
    isHonest(await ask('/ru/cart'), 'Магазин вернётся через минуту')
    isHonest(await ask('/p/ball', 'text/html', 'uk'), 'Крамниця повернеться за мить')
    // Programs are told as programs are.
    const { headers } = await ask('/api/v1/products', 'application/json')
    assert.match(String(headers['content-type']), /^application\/problem\+json/)
  } finally {
    shop.wires.database.set('open')
  }
  const back = await until('/en/cart', 200)
  assert.match(back.text, /Torg Sport/)
  // Nobody was kept an apology for those who come later.
  assert.equal((await ask('/en/')).status, 200)
})
