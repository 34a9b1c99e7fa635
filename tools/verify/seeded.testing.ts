/**
 * Changes behind everyone's back, each of which breaks one promise. `{paid.order}` and the like stand for
 * what is in the shop of `verify.db.test.ts`.
 */
/** What only the whole can say, by the title of its violation. */
export const OF_THE_WHOLE: readonly string[] = [
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

/** By title, which begins with the invariant: the sentence that must be said, and the changes. */
export const SEEDED: readonly [title: string, expected: string, ...changes: string[]][] = [
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
  [
    'I15: a SKU of a product that is not there',
    'I15 catalog.skus: product {product} of shop 1 has the row {sku}, found no such product of that shop',
    `delete from catalog.products where id = '{product}'`,
  ],
  [
    'I15: an address of a product that is not there',
    'I15 catalog.slugs: product {product} of shop 1 has the row ',
    `delete from catalog.products where id = '{product}'`,
  ],
  [
    'I15: a product in a list that is not there',
    'I15 catalog.listed: product {product} of shop 1 has the row ',
    `delete from catalog.products where id = '{product}'`,
  ],
  [
    'I15: a card of a product that is another shop’s',
    'I15 catalog.cards: product {product} of shop 1 has the row uk',
    `update catalog.products set tenant_id = 2 where id = '{product}'`,
  ],
]
