/** What the test of plans knows: who runs a statement, what may walk, and tables worth planning for. */
import type { LoginRole } from '../../server/platform/db/roles.ts'

/** The role whose connection a statement runs on. */
export function roleOf(name: string): LoginRole {
  if (name.startsWith('write.')) return 'torg_writer'
  const isOfReader =
    name === 'ledger.lapsed' ||
    /^timers\.(claim|failed)$/.test(name) ||
    name.startsWith('tail.') ||
    (name.startsWith('log.') && !/^log\.(state-of|entries-of)$/.test(name))
  return isOfReader ? 'torg_reader' : 'torg_app'
}

/** The beginning of what may be, and why it does not grow, or that it does. */
export const ALLOWED: readonly (readonly [words: string, why: string])[] = [
  ['log.lease reads subscriptions', 'one row a subscription, by its name'],
  ['log.keep reads subscriptions', 'likewise'],
  ['log.advance reads subscriptions', 'likewise'],
  ['log.give-up reads subscriptions', 'likewise'],
  ['log.entries reads eras', 'a row for each restore'],
  ['log.entries-nearest reads eras', 'likewise'],
  ['log.entries-nearer reads eras', 'likewise'],
  ['log.end reads eras', 'likewise'],
  ['log.fence reads eras', 'likewise'],
  ['tail.horizon reads eras', 'likewise'],
  ['log.drawn reads log_position', 'a sequence'],
  ['log.entries reads events events_in_log_order by', 'a page passes over so many entries at most'],
  ['log.entries-nearest reads events events_in_log_order by', 'likewise'],
  ['log.entries-nearer reads events events_in_log_order by', 'likewise'],
  ['timers.claim reads timers timers_by_due by (due_at', 'due timers of other programs only'],
  ['timers.failed reads timers timers_pkey by ((tenant_id = $1) AND (id', 'one row'],
  ['timers.dead reads', 'dead letters are few and looked after by people'],
  ['timers.waiting reads timers', 'GROWS with timers of other kinds; for staff, by page'],
  ['timers.failing reads timers', 'timers that failed and wait'],
  ['timers.failing reads dead_letters', 'dead letters are few and looked after by people'],
  ['tenants.first reads shops', 'stops at the first'],
  ['write.load reads snapshots', 'snapshots of one stream, of other folds'],
  ['log.state-of reads snapshots', 'likewise'],
  ['log.state-of reads events', 'events since a snapshot'],
  ['ledger.balances reads accounts', 'the accounts of a SKU, one a warehouse'],
  ['ledger.free reads accounts', 'likewise'],
  ['inventory.free reads accounts', 'likewise'],
  ['inventory.standing reads accounts', 'likewise'],
  [
    'ledger.balances-at reads transfers',
    'GROWS with the transfers of one SKU; an answer about the past',
  ],
  ['ledger.holds-at reads transfers', 'likewise'],
  ['ledger.movements-of-unit reads', 'from the newest on, until a page is full'],
  ['ledger.posted-from reads transfers', 'GROWS likewise; for SKUs that are sold ahead'],
  ['ledger.account-posted-from reads', 'GROWS likewise; when a paid order is cancelled'],
  ['inventory.reasons reads events', 'GROWS with the corrections of one SKU; for staff'],
  [
    'inventory.standing-changed reads',
    'GROWS with all accounts of a shop; when its settings change',
  ],
  ['inventory.backorders reads', 'SKUs with settings of their own; remembered by the process'],
  ['inventory.settings reads', 'one row a shop'],
  [
    'inventory.wording reads',
    'SKUs with settings of their own, 20,000 at most; remembered for 10 s',
  ],
  ['inventory.warehouses reads', 'eight at most'],
  ['catalog.all-categories reads', 'hundreds at most; remembered for a second'],
  ['catalog.all-brands reads', 'likewise'],
  ['catalog.all-attributes reads', 'likewise'],
  [
    'catalog.ids-apart reads products products_pkey',
    'GROWS with the products of a shop, in its index alone; for who reads all of them',
  ],
  ['catalog.related-of reads products products_pkey by', 'one row a related product'],
  ['catalog.components-by-sku reads skus skus_pkey by', 'one row a component'],
  ['catalog.components-by-sku reads products products_pkey by', 'one row a component'],
  ['tenants.look reads', 'one row a shop'],
  [
    'exchange.open-imports reads imports imports_open',
    'imports under way: few, and counted to a limit',
  ],
  [
    'exchange.imports-before reads imports imports_newest by',
    'passes over those under way, which are few',
  ],
  ['exchange.runs-before reads runs runs_oldest by', 'passes over those under way, which are few'],
  ['exchange.schedule-count reads schedules', 'fifty at most'],
  [
    'inventory.bundle-parts reads bundles',
    'GROWS with the bundles of a shop; remembered by the process',
  ],
  ['reviews.repetition reads contributions contributions_by_essence by', 'leaves out itself'],
  ['reviews.purchase reads paid_orders paid_orders_pkey by', 'one row an order'],
  ['reviews.settings reads', 'one row a shop'],
  [
    'reviews.count-since reads contributions contributions_of_user by',
    'what one user wrote lately',
  ],
  ['exchange.unfinished-of reads imports', 'imports under way, which are few'],
  ['search.all-synonyms reads', 'hundreds at most; remembered by the process'],
  ['pricing.terms reads', 'one row a currency, and 500 rules at most; remembered for two seconds'],
  ['identity.live-sessions-of reads sessions sessions_of_user', 'the sessions of one user'],
]

/** Nobody looks at the tables of this database unless the test does. */
export const UNSEEN = `do $$ declare each regclass; begin
  for each in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information)'
  loop execute format('alter table %s set (autovacuum_enabled = off)', each); end loop; end $$`

const USERS = 5_000

/** Rows of tables that no order fills, so that reading one whole would cost something. */
export const FILL: readonly string[] = [
  `insert into identity.users (tenant_id, id, email, username, birth_date, roles, created_at)
   select 1, md5('user' || n)::uuid, 'user' || n || '@example.com', 'User', '1990-01-01', '{shopper}',
     now() - n * interval '1 minute' from generate_series(1, ${USERS}) n`,
  `insert into identity.credentials select 1, md5('user' || n)::uuid, '$argon2id$x', 0
   from generate_series(1, ${USERS}) n`,
  `insert into identity.sessions (tenant_id, id, user_id, secret_hash, created_at, expires_at, device,
     last_used_at)
   select 1, md5('session' || n)::uuid, md5('user' || n)::uuid, 'x', now(),
     now() + n * interval '1 minute', 'x', now() from generate_series(1, ${USERS}) n`,
  `insert into identity.sign_in_tries select 1, 'bucket' || n, 1, now() + n * interval '1 minute'
   from generate_series(1, ${USERS}) n`,
  `insert into identity.tokens select 1, md5('user' || n)::uuid, 'password-reset', 'x',
     now() + n * interval '1 minute' from generate_series(1, ${USERS}) n`,
  `insert into identity.notices select 1, md5('user' || n)::uuid, 'password-reset', 'x', now(),
     now() + n * interval '1 minute' from generate_series(1, ${USERS}) n`,
  `insert into cart.open_carts select 1, md5('cart' || n)::uuid, md5('user' || n)::uuid, 'UAH', now()
   from generate_series(1, ${USERS}) n`,
  `insert into inventory.sku_settings (tenant_id, sku) select 1, sku from catalog.skus where tenant_id = 1`,
  `insert into inventory.low_stock select 1, sku, 1, 5, now() from catalog.skus where tenant_id = 1
   on conflict do nothing`,
  `insert into pricing.list_prices select 1, other, sku, 100
   from catalog.skus cross join unnest(array['EUR', 'PLN']) as other where tenant_id = 1
   on conflict do nothing`,
  `insert into pricing.special_prices select 1, list, sku, '[{"fromQuantity":1,"amount":90}]'
   from catalog.skus cross join unnest(array['club', 'sale']) as list where tenant_id = 1
   on conflict do nothing`,
  `insert into pricing.price_points select 1, 'UAH', sku, now() - n * interval '1 day', 100
   from catalog.skus cross join generate_series(1, 3) n where tenant_id = 1 on conflict do nothing`,
  `insert into pricing.customers select 1, md5('user' || n)::uuid, 'club'
   from generate_series(1, ${USERS}) n`,
  `insert into inventory.transfers select 1, md5('transfer' || n)::uuid, 'kyiv', 'lviv', 'received',
     now(), now() from generate_series(1, ${USERS}) n`,
  `insert into inventory.stock_takes select 1, md5('take' || n)::uuid, 'kyiv', 'closed', now(), now()
   from generate_series(1, ${USERS}) n`,
  `insert into reviews.contributions
   select 1, md5('review' || n)::uuid, kind, md5('product-' || n % 500)::uuid,
     case kind when 'answer' then md5('review' || n - 1)::uuid end, md5('user' || n)::uuid, 'User',
     'anyone', case kind when 'review' then n % 5 + 1 end, null, 'Good', 'en',
     case n % 10 when 0 then 'waiting' else 'shown' end, null, '[]', md5(n::text), n % 7, 0, 1,
     now() - n * interval '1 minute', now() - n * interval '1 minute'
   from generate_series(1, ${USERS}) n
   cross join lateral (select (array['review', 'question', 'answer'])[n % 3 + 1] as kind) as each`,
  `insert into reviews.written select 1, md5('product-' || n % 500)::uuid, md5('user' || n)::uuid
   from generate_series(1, ${USERS}) n`,
  `insert into reviews.marks select 1, md5('review' || n)::uuid, 'helpful', md5('user' || n)::uuid
   from generate_series(1, ${USERS}) n`,
  `insert into reviews.purchases
   select 1, md5('paid-order-' || n)::uuid, md5('product-' || n % 500)::uuid, md5('user' || n)::uuid
   from generate_series(1, ${USERS}) n on conflict do nothing`,
  `insert into reviews.paid_orders select 1, md5('paid-order-' || n)::uuid, true
   from generate_series(1, ${USERS}) n on conflict do nothing`,
  `insert into exchange.imports
   select 1, md5('import' || n)::uuid, 'products', 'csv', 'apply', 'done', '{}', 1, 1, 1, 1, 0, 0,
     now() - n * interval '1 minute', now(), now(), now() from generate_series(1, ${USERS}) n`,
  `insert into exchange.faults select 1, md5('import' || n)::uuid, 1, 0, 'sku', 'x', 'x'
   from generate_series(1, ${USERS}) n`,
  `insert into exchange.schedules
   select 1, md5('schedule' || n)::uuid, 'x', 'export', 'stock', '{}', false, null, null, '{}', 'csv', 7,
     now() + n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 50) n`,
  `insert into exchange.runs
   select 1, md5('run' || n)::uuid, md5('schedule' || n % 50 + 1)::uuid,
     now() - n * interval '1 minute', 'due', 'done', 1, null, 1, 0, null, null, null,
     case when n <= 350 then md5('file' || n)::uuid end, 1, now() - n * interval '1 minute', now(),
     now() from generate_series(1, ${USERS}) n`,
  `insert into orders.archived_summaries
   select tenant_id, order_id, 'old' || number, md5(number)::uuid,
     case when number < 'P0000000005' then 'fulfilled' else 'cancelled' end, amount, currency,
     created_at - interval '400 days', changed_at - interval '400 days'
   from orders.summaries`,
  `update orders.summaries set user_id = md5(number)::uuid, status = 'fulfilled' where number > 'P5'`,
  `update payments.summaries set user_id = md5(order_id::text)::uuid`,
  `update platform.timers set last_error = 'x' where id > 'order/f'`,
  `insert into platform.dead_letters (tenant_id, source, entry, reason)
   select 1, 'timer/order', jsonb_build_object('id', 'order/' || n), 'x' from generate_series(1, 500) n`,
  `insert into platform.snapshots select tenant_id, stream, version, 'x', '{}', now()
   from platform.streams where stream like 'stock/%'`,
]
