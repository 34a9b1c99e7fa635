import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import {
  aBundle,
  anOrder,
  aProductWith,
  must,
  pay,
  type PlacedOrder,
  type Product,
} from '../../tests/support/sale.ts'
import { openShop, type Shop } from '../../tests/support/shop.ts'
import { chargesAt, forgetCharges, loadCharges } from './provider.ts'
import { OF_THE_WHOLE, SEEDED } from './seeded.testing.ts'
import { makeTouched, sinceOf } from './since.ts'
import { sentences, verify, verifyWithin } from './verify.ts'

/** Some of everything: paid, paid and given back in part, waiting, being paid, cancelled. */
interface Story {
  readonly product: Product
  readonly paid: PlacedOrder
  readonly refunded: PlacedOrder
  readonly waiting: PlacedOrder
  readonly paying: PlacedOrder
  readonly cancelled: PlacedOrder
  /** Two bundles of three and one of these. */
  readonly bundled: PlacedOrder
  readonly parts: readonly [string, string]
}

const shop = await openShop({ providerDelayMs: 200 })
const story = await tell(shop)
const charges = chargesAt(shop.provider.url)
const admin = new pg.Client({ connectionString: shop.database.adminUrl })
await admin.connect()
await loadCharges(admin, charges)
await makeTouched(admin)
// With statistics each of a hundred runs takes a third of the time.
await admin.query('vacuum analyze')
after(async () => {
  await admin.end()
  await shop[Symbol.asyncDispose]()
})

/** Ends with a kill, while one order is being paid. */
async function tell(shop: Shop): Promise<Story> {
  const client = shop.client()
  const staff = await shop.signedIn('admin')
  const product = await aProductWith(shop, 100)
  const [{ sku: one }, { sku: other }] = [
    await aProductWith(shop, 100, 1),
    await aProductWith(shop, 100, 2),
  ]
  const bundle = await aBundle(shop, [
    { sku: one, quantity: 3 },
    { sku: other, quantity: 1 },
  ])
  const bundled = await anOrder(client, bundle.sku, 2)
  const order = (units: number): Promise<PlacedOrder> => anOrder(client, product.sku, units)
  const [paid, refunded, waiting, paying, cancelled] = [
    await order(2),
    await order(3),
    await order(4),
    await order(5),
    await order(6),
  ]
  for (const each of [paid, refunded]) must(await pay(client, each), 200)
  const refund = { amount: { amount: 100, currency: 'UAH' }, reason: 'scratched' }
  must(await staff.post(`/api/v1/payments/${refunded.payment.id}/refund`, refund), 200)
  const headers = { 'x-order-token': cancelled.token }
  must(await client.post(`/api/v1/orders/${cancelled.id}/cancel`, undefined, { headers }), 200)
  // News of the charge would end it before the kill.
  await shop.setFaults({ webhooks: { lost: 1 } })
  const lost = pay(client, paying).catch(() => undefined)
  while ((await shop.charges()).length < 3) await sleep(20)
  await shop.program.kill('SIGKILL')
  await lost
  return { product, paid, refunded, waiting, paying, cancelled, bundled, parts: [one, other] }
}

test('a shop that was killed while it was being paid is sound', async () => {
  const client = new pg.Client({ connectionString: shop.database.adminUrl })
  await client.connect()
  const findings = await verify(client, { charges, rangeSize: 100 })
  await client.end()
  assert.deepEqual(sentences(findings), [])
  const blind = findings.filter(({ check, checked }) => checked === 0 && check.id !== 'I15')
  assert.deepEqual(
    blind.map(({ check }) => check.promise),
    [],
    'a check that looks at nothing proves nothing',
  )
})

test('ranges of any size look at the same things', async () => {
  const counts = async (rangeSize: number): Promise<number[]> => {
    await admin.query('begin')
    const findings = await verifyWithin(admin, { charges, rangeSize })
    await admin.query('rollback')
    return findings.map(({ checked }) => checked)
  }
  const whole = await counts(1_000_000)
  // Odd and small beside the log, so that its edges fall between what belongs together.
  assert.deepEqual(await counts(101), whole)
})

test('what was touched is sound, and is nothing before the log had anything', async () => {
  const since = async (from: Date): Promise<Map<string, number>> => {
    const client = new pg.Client({ connectionString: shop.database.adminUrl })
    await client.connect()
    const findings = await verify(client, { since: from })
    await client.end()
    assert.deepEqual(sentences(findings), [])
    return new Map(findings.map(({ check, checked }) => [`${check.id} ${check.promise}`, checked]))
  }
  const orders = 'I4 one request and one cart make one order'
  assert.equal((await since(AN_HOUR_AGO)).get(orders), 6)
  assert.equal((await since(new Date(Date.now() + 3_600_000))).get(orders), 0)
})

test('a time since when is given as a span or as an instant', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  assert.equal(sinceOf('90m', now)?.toISOString(), '2026-11-21T10:30:00.000Z')
  assert.equal(sinceOf('2d', now)?.toISOString(), '2026-11-19T12:00:00.000Z')
  assert.equal(sinceOf('2026-11-20T10:00:00+02:00', now)?.toISOString(), '2026-11-20T08:00:00.000Z')
  for (const wrong of ['', '5', 'yesterday', '2026-11-20', '2026-99-20T10:00:00Z', '-5m']) {
    assert.equal(sinceOf(wrong, now), undefined, wrong)
  }
})

const ORDERS = ['paid', 'refunded', 'waiting', 'paying', 'cancelled', 'bundled'] as const

/** Fills in `{paid.order}`, `{paid.payment}`, `{paid.hold}`, `{product}`, `{sku}`, `{part}`, `{charge}`. */
async function filledIn(text: string): Promise<string> {
  const [part, twin] = story.parts
  const { id: product, sku } = story.product
  const parts: Record<string, string> = { product, sku, part, twin }
  for (const name of ORDERS) {
    const { id, payment, number } = story[name]
    const [row] = await shop.query<{ hold: string; transaction: string | null }>(
      `select data -> 'lines' -> 0 ->> 'holdId' as hold,
         (select data ->> 'transactionId' from platform.events p
          where p.stream = 'payment/' || $2 and p.type = 'payment.succeeded') as transaction
       from platform.events where stream = 'order/' || $1 and version = 1`,
      [id, payment.id],
    )
    Object.assign(parts, {
      [`${name}.order`]: id,
      [`${name}.number`]: number,
      [`${name}.payment`]: payment.id,
      [`${name}.hold`]: row?.hold ?? '',
      [`${name}.charge`]: row?.transaction ?? '',
    })
  }
  return text.replaceAll(/\{([a-z.]+)\}/g, (_, name: string) => {
    const part = parts[name]
    assert(part !== undefined && part !== '', `there is no ${name}`)
    return part
  })
}

const AN_HOUR_AGO = new Date(Date.now() - 3_600_000)

/**
 * What is found after some changes behind everyone's back, which are taken back: in the whole, and in
 * what the log has touched within the hour.
 */
async function planted(
  changes: readonly string[],
): Promise<{ readonly whole: string[]; readonly touched: string[] }> {
  await admin.query('begin')
  try {
    for (const change of changes) await admin.query(await filledIn(change))
    const whole = sentences(await verifyWithin(admin, { charges }))
    return { whole, touched: sentences(await verifyWithin(admin, { charges, since: AN_HOUR_AGO })) }
  } finally {
    await admin.query('rollback')
  }
}

for (const [title, expected, ...changes] of SEEDED) {
  test(`${title}: is named`, async () => {
    const { whole, touched } = await planted(changes)
    const sentence = await filledIn(expected)
    assert(
      whole.some((each) => each.includes(sentence)),
      `"${sentence}" is not in:\n${whole.join('\n') || 'nothing'}`,
    )
    assert.equal(
      touched.some((each) => each.includes(sentence)),
      !OF_THE_WHOLE.includes(title),
      `"${sentence}" of what was touched:\n${touched.join('\n') || 'nothing'}`,
    )
  })
}

test('every invariant has a planted violation', async () => {
  await admin.query('begin')
  const findings = await verifyWithin(admin, { charges })
  await admin.query('rollback')
  const planted = new Set(SEEDED.map(([title]) => title.slice(0, title.indexOf(':'))))
  assert.deepEqual(
    [...new Set(findings.map(({ check }) => check.id))].toSorted(),
    [...planted].toSorted(),
  )
})

test('ten of a kind are named, and all are counted', async () => {
  await admin.query('begin')
  await admin.query('update platform.accounts set posted = posted + 1')
  const findings = await verifyWithin(admin, { charges, rangeSize: 100 })
  await admin.query('rollback')
  const [first] = findings
  assert.equal(first?.check.id, 'I1')
  assert.equal(first.said.length, 10)
  assert(first.wrong > 500, `${first.wrong} are counted`)
})

test('a user who is shown one shop at a time is told so, instead of hearing that all is well', async () => {
  const client = new pg.Client(shop.database.connection('torg_reader'))
  await client.connect()
  await assert.rejects(verify(client), /is shown the rows of one shop at a time/)
  await client.end()
})

test('the command names what it finds and ends with 1; it changes nothing', async () => {
  const env = { DATABASE_URL: shop.database.adminUrl, PAYMENT_PROVIDER_URL: shop.provider.url }
  const sound = await command(env)
  assert.equal(sound.code, 0, sound.said)
  assert.match(sound.said, /✓ I5 +a confirmed order is paid once, in full: 2 \(/)
  assert.match(sound.said, /No violation in \d+ checks/)

  await shop.query(`update platform.accounts set posted = posted + 1 where unit = $1`, [
    story.product.sku,
  ])
  const broken = await command(env)
  await shop.query(`update platform.accounts set posted = posted - 1 where unit = $1`, [
    story.product.sku,
  ])
  assert.equal(broken.code, 1, broken.said)
  assert.match(broken.said, /✗ I1 .*: \d of \d+ are wrong/)
  assert.match(
    broken.said,
    /account on-hand\/kyiv of .*, shop 1: its transfers make 95 .* found 96/,
  )

  const narrowed = await command(env, '--since', '1h')
  assert.equal(narrowed.code, 0, narrowed.said)
  assert.match(narrowed.said, /No violation in \d+ checks of what was touched since 20/)
  const unclear = await command(env, '--since', 'yesterday')
  assert.equal(unclear.code, 2)
  assert.match(unclear.said, /^--since takes a time such as 30m/)

  const nowhere = await command({ DATA_DIR: '/nonexistent' })
  assert.equal(nowhere.code, 2)
  assert.match(nowhere.said, /^There is no database in \/nonexistent; give DATABASE_URL/)
})

async function command(
  env: Record<string, string>,
  ...args: readonly string[]
): Promise<{ code: number; said: string }> {
  const main = join(import.meta.dirname, '..', 'verify.ts')
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

test('what was compared with the provider is gone afterwards', async () => {
  await forgetCharges(admin)
  const { rows } = await admin.query(`select 1 from pg_class where relname = 'charges'`)
  assert.deepEqual(rows, [])
})
