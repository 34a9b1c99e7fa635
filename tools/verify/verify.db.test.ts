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
  assert.deepEqual(await counts(7), whole)
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

/** Fills in `{paid.order}`, `{paid.payment}`, `{paid.hold}`, `{sku}`, `{part}`, `{charge}`. */
async function filledIn(text: string): Promise<string> {
  const [part, twin] = story.parts
  const parts: Record<string, string> = { sku: story.product.sku, part, twin }
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

/** What only the whole can say, by the title of its violation. */
const OF_THE_WHOLE: readonly string[] = [
  // Nothing in the log has touched it.
  'I11: a stream without events',
  // Of what was touched I1 says it, account by account.
  'I14: units from nowhere',
]

const UNCHECKED = `do $$ declare each text; begin
  for each in select conname from pg_constraint
    where conrelid = 'platform.accounts'::regclass and contype = 'c'
  loop execute format('alter table platform.accounts drop constraint %I', each); end loop; end $$`

const SHELF = `tenant_id = 1 and unit = '{sku}' and name = 'on-hand/kyiv'`
const orderEvents = (name: string): string => `tenant_id = 1 and stream = 'order/{${name}.order}'`
const paymentEvents = (name: string): string =>
  `tenant_id = 1 and stream = 'payment/{${name}.payment}'`

/** An event more, behind the last of its stream. */
const event = (stream: string, type: string, data: string): string =>
  `with s as (update platform.streams set version = version + 1 where stream = '${stream}'
     returning *)
   insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
   select tenant_id, stream, version, '${type}', '${data}', 'planted', 1, now() from s`

const SEEDED: readonly [title: string, expected: string, ...changes: string[]][] = [
  [
    'I1: an amount that no transfer explains',
    'I1 account on-hand/kyiv of {sku}, shop 1: its transfers make ',
    `update platform.accounts set posted = posted + 1 where ${SHELF}`,
  ],
  [
    'I1: a transfer that no account shows',
    'its transfers make 94 (world/counted ',
    `insert into platform.transfers (tenant_id, era, verb, unit, from_account, to_account, amount,
       cause, at)
     values (1, 1, 'move', '{sku}', 'on-hand/kyiv', 'world/sold', 1, 'planted', now())`,
  ],
  [
    'I1: a confirmed order whose units never left',
    `I1 units of {sku} sold by hold {paid.hold} (order/{paid.order}, confirmed), shop 1: expected 2, found 0`,
    `delete from platform.transfers where verb = 'post' and hold_id = '{paid.hold}'`,
  ],
  [
    'I1: units sold for an order that is not confirmed',
    `I1 units of {sku} sold by hold {waiting.hold} (order/{waiting.order}, reserved), shop 1: expected 0, found 4`,
    `update platform.transfers set hold_id = '{waiting.hold}', amount = 4
     where verb = 'post' and hold_id = '{paid.hold}'`,
  ],
  [
    'I1: a cancelled order whose units were not taken back',
    `I1 units of {sku} sold by hold {paid.hold} (order/{paid.order}, cancelled), shop 1: expected 0, found 2`,
    event('order/{paid.order}', 'order.cancelled', '{"reason": "staff"}'),
  ],
  [
    'I1: a bundle that was sold and whose components never left',
    `I1 units of {part} sold by hold {bundled.hold}/{part} (order/{bundled.order}, confirmed), shop 1: expected 6, found 0`,
    event('order/{bundled.order}', 'order.confirmed', '{"paymentId": "{bundled.payment}"}'),
  ],
  [
    'I2: a bundle that is held in part',
    'I2 line {bundled.hold} of order {bundled.order}, shop 1: expected 6 of {part}, found 0 of {part}',
    `delete from platform.holds where id = '{bundled.hold}/{part}'`,
  ],
  [
    'I2: a bundle that is held with fewer of a component',
    'I2 line {bundled.hold} of order {bundled.order}, shop 1: expected 2 of {twin}, found 1 of {twin}',
    `update platform.holds set amount = 1 where id = '{bundled.hold}/{twin}'`,
  ],
  [
    'I2: a bundle of which one component lapses before the other',
    'I2 line {bundled.hold} of order {bundled.order}, shop 1: expected one end of its 2 holds, found 2',
    `update platform.holds set until = until + interval '1 s' where id = '{bundled.hold}/{part}'`,
  ],
  [
    'I8: a cancelled bundle whose components stay held',
    'because it is cancelled, found 2 of {twin} in hold {bundled.hold}/{twin}',
    event('order/{bundled.order}', 'order.cancelled', '{"reason": "staff"}'),
  ],
  [
    'I2: more held than there is',
    'I2 account on-hand/kyiv of {sku}, shop 1: expected 0 <= held <= posted, found 1000 held of ',
    UNCHECKED,
    `update platform.accounts set held = 1000 where ${SHELF}`,
  ],
  [
    'I2: less than nothing',
    'expected 0 <= held <= posted, found 9 held of -1',
    UNCHECKED,
    `update platform.accounts set posted = -1 where ${SHELF}`,
  ],
  [
    'I2: a hold that its account does not know',
    'I2 account on-hand/kyiv of {sku}, shop 1: its open holds make 14, found 9 held',
    `update platform.holds set amount = 9 where id = '{waiting.hold}'`,
  ],
  [
    'I2: a hold that is lost',
    'I2 hold {waiting.hold} of {sku} in on-hand/kyiv, shop 1: its transfers leave 4, found 0 open',
    `delete from platform.holds where id = '{waiting.hold}'`,
  ],
  [
    'I2: a hold that let go more than it took',
    'I2 hold {cancelled.hold} of {sku} in on-hand/kyiv, shop 1: its transfers leave -6, found 0 open',
    `delete from platform.transfers where verb = 'hold' and hold_id = '{cancelled.hold}'`,
  ],
  [
    'I3: an acknowledged order that is gone',
    `I3 order {waiting.number} ({waiting.order}), shop 1: told under key `,
    `delete from platform.events where ${orderEvents('waiting')}`,
    `delete from platform.streams where ${orderEvents('waiting')}`,
  ],
  [
    'I3: an acknowledged order with another total',
    `found 1 UAH`,
    `update platform.events set data = jsonb_set(data::jsonb, '{total,amount}', '1')::json
     where ${orderEvents('waiting')} and version = 1`,
  ],
  [
    'I3: an acknowledged payment that was not booked',
    `I3 payment {paid.payment}, shop 1: told transaction {paid.charge} under key `,
    `update platform.events set data = '{"transactionId": "ch_other"}'
     where ${paymentEvents('paid')} and type = 'payment.succeeded'`,
  ],
  [
    'I4: one request that made two orders',
    'I4 order/{waiting.order}, shop 1: expected one order of request "',
    `update platform.events set cause = (select cause from platform.events
       where stream = 'order/{paid.order}' and version = 1)
     where ${orderEvents('waiting')} and version = 1`,
  ],
  [
    'I4: one cart that made two orders',
    'I4 order/{waiting.order}, shop 1: expected one order of cart ',
    `update platform.events set data = jsonb_set(data::jsonb, '{cartId}',
       (select data::jsonb -> 'cartId' from platform.events
        where stream = 'order/{paid.order}' and version = 1))::json
     where ${orderEvents('waiting')} and version = 1`,
  ],
  [
    'I5: more given back than was taken',
    'I5 payment {paid.payment}, shop 1: taken ',
    event(
      'payment/{paid.payment}',
      'payment.refund-started',
      '{"refundId": "r", "amount": {"amount": 99999999, "currency": "UAH"}, "reason": ""}',
    ),
  ],
  [
    'I5: money given back that the ledger still has',
    'I5 payment {paid.payment}, shop 1: taken ',
    event(
      'payment/{paid.payment}',
      'payment.refunded',
      '{"refundId": "r", "amount": {"amount": 5, "currency": "UAH"}, "transactionId": "re_1"}',
    ),
  ],
  [
    'I5: a paid order that is still owed for',
    'I5 order {paid.number} ({paid.order}), shop 1, is confirmed: expected 0 UAH owed, found 7',
    `update platform.accounts set posted = 7 where name = 'owed/{paid.order}'`,
  ],
  [
    'I5: an order that waits and is not owed for',
    'I5 order {waiting.number} ({waiting.order}), shop 1, is reserved: expected ',
    `update platform.accounts set posted = 0 where name = 'owed/{waiting.order}'`,
  ],
  [
    'I5: an order that was confirmed without money',
    'I5 order {waiting.number} ({waiting.order}), shop 1: expected ',
    event('order/{waiting.order}', 'order.confirmed', '{"paymentId": "{waiting.payment}"}'),
  ],
  [
    'I5: an order that was confirmed for less than its total',
    'I5 order {paid.number} ({paid.order}), shop 1: expected ',
    `update platform.events set data = jsonb_set(data::jsonb, '{amount,amount}', '1')::json
     where ${paymentEvents('paid')} and version = 1`,
  ],
  [
    'I8: money that was taken for a cancelled order and stays',
    'I8 payment {cancelled.payment} of order {cancelled.order}, shop 1: expected ',
    event('payment/{cancelled.payment}', 'payment.succeeded', '{"transactionId": "ch_late"}'),
  ],
  [
    'I6: a charge that nobody booked',
    'I6 charge ch_stray of 5 UAH: expected a payment nobody, found none',
    `insert into pg_temp.charges values ('ch_stray', 'nobody', 5, 'UAH', 0)`,
  ],
  [
    'I6: a second charge of one payment',
    'I6 charge ch_twin of 5 UAH: expected charge {paid.charge} alone for payment {paid.payment}',
    `insert into pg_temp.charges values ('ch_twin', '{paid.payment}', 5, 'UAH', 0)`,
  ],
  [
    'I6: a charge of a payment that is cancelled',
    'to be paid by it, found it cancelled',
    `insert into pg_temp.charges values ('ch_late', '{cancelled.payment}', 5, 'UAH', 0)`,
  ],
  [
    'I6: a charge of another amount',
    'I6 charge {paid.charge}: expected ',
    `update pg_temp.charges set amount = 1 where id = '{paid.charge}'`,
  ],
  [
    'I6: money given back at the provider alone',
    'I6 charge {refunded.charge}: expected 100 of payment {refunded.payment}, shop 1, given back, found 200',
    `update pg_temp.charges set refunded = 200 where id = '{refunded.charge}'`,
  ],
  [
    'I6: a booked payment that the provider does not know',
    'I6 payment {paid.payment}, shop 1: expected charge {paid.charge} of ',
    `delete from pg_temp.charges where id = '{paid.charge}'`,
  ],
  [
    'I7: an order that waits for ever',
    'I7 order {waiting.number} ({waiting.order}), shop 1: expected a timer order/{waiting.order}/… because it is reserved, found none',
    `delete from platform.timers where id like 'order/{waiting.order}/%'`,
  ],
  [
    'I7: a payment that nobody takes up',
    'I7 payment {paying.payment} of order {paying.order}, shop 1: expected a timer',
    `delete from platform.timers where id like 'payment/{paying.payment}/%'`,
  ],
  [
    'I7: a refund that nobody takes up',
    'I7 refund r of payment/{paid.payment}, shop 1: expected its end or a timer refund/r, found neither',
    event(
      'payment/{paid.payment}',
      'payment.refund-started',
      '{"refundId": "r", "amount": {"amount": 5, "currency": "UAH"}, "reason": ""}',
    ),
  ],
  [
    'I8: a cancelled order that keeps its units',
    'I8 order {waiting.number} ({waiting.order}), shop 1: expected nothing held because it is cancelled, found 4 of {sku} in hold {waiting.hold}',
    event('order/{waiting.order}', 'order.cancelled', '{"reason": "staff"}'),
  ],
  [
    'I8: a cancelled order whose payment is open',
    'I8 payment {waiting.payment}, shop 1: expected its end because order {waiting.order} is cancelled, found it opened',
    event('order/{waiting.order}', 'order.cancelled', '{"reason": "staff"}'),
  ],
  [
    'I11: a gap in a stream',
    'I11 stream order/{paid.order}, shop 1: expected versions 1 to 3, found 2 events from 1 to 3',
    `delete from platform.events where ${orderEvents('paid')} and version = 2`,
  ],
  [
    'I11: a stream behind its events',
    'I11 stream order/{paid.order}, shop 1: expected versions 1 to 2, found 3 events from 1 to 3',
    `update platform.streams set version = 2 where ${orderEvents('paid')}`,
  ],
  [
    'I11: a stream without events',
    'I11 stream zebra/none, shop 2: expected versions 1 to 1, found 0 events from (none) to (none)',
    `insert into platform.streams values (2, 'zebra/none', 1)`,
  ],
  [
    'I11: a log that shows versions 2, 1',
    'I11 event 2 of stream order/{paid.order}, shop 1: expected after the one before, found earlier',
    `update platform.events set xid = '1' where ${orderEvents('paid')} and version = 2`,
  ],
  [
    'I11: a position that was given twice',
    ' of the log: expected one entry, found 2',
    `update platform.events set position = (select max(position) from platform.transfers)
     where ${orderEvents('paid')} and version = 1`,
  ],
  [
    'I11: a position that was never given',
    'position 99999999 of the log: expected at most the last one given, ',
    `update platform.events set position = 99999999 where ${orderEvents('paid')} and version = 3`,
  ],
  [
    'I13: a key that was answered twice',
    'I13 key ',
    `insert into platform.keys select tenant_id, caller, key, (slot + 1) % 4, fingerprint, answer, at
     from platform.keys order by at desc limit 1`,
  ],
  [
    'I13: news that a payment heard twice',
    'I13 payment/{paid.payment}, shop 1: expected one event payment.succeeded , found 2',
    event('payment/{paid.payment}', 'payment.succeeded', '{"transactionId": "{paid.charge}"}'),
  ],
  [
    'I13: news that an order heard twice',
    'I13 order/{paid.order}, shop 1: expected one event order.confirmed, found 2',
    event('order/{paid.order}', 'order.confirmed', '{"paymentId": "{paid.payment}"}'),
  ],
  [
    'I13: a reader that is ahead of the log',
    'I13 reader orders.summaries: expected at most era ',
    `update platform.subscriptions set xid = '99999999' where name = 'orders.summaries'`,
  ],
  [
    'I14: units from nowhere',
    'I14 unit {sku}, shop 1: expected 0 over all accounts, found 5',
    `update platform.accounts set posted = posted + 5 where ${SHELF}`,
  ],
  [
    'I15: a row of a shop that does not exist',
    'I15 platform.timers: expected no rows of shop 7, which does not exist, found 1',
    `update platform.timers set tenant_id = 7 where id = 'order/{waiting.order}/deadline'`,
  ],
  [
    'I15: a row of a context, of a shop that does not exist',
    'I15 orders.contacts: expected no rows of shop 7, which does not exist, found 1',
    `update orders.contacts set tenant_id = 7 where order_id = '{paid.order}'`,
  ],
  [
    'I15: personal data that went to another shop',
    'I15 orders.contacts: {paid.order} of shop 2 belongs to order/{paid.order}, found no such stream of that shop',
    `update orders.contacts set tenant_id = 2 where order_id = '{paid.order}'`,
  ],
  [
    'I15: an order that is paid in another shop',
    'I15 platform.events: order/{waiting.order} of shop 1 belongs to payment/{waiting.payment}, found no such stream of that shop',
    `update platform.streams set tenant_id = 2 where ${paymentEvents('waiting')}`,
    `update platform.events set tenant_id = 2 where ${paymentEvents('waiting')}`,
  ],
]

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
