import { type Check, timersOf, within } from './check.ts'
import { ORDERS } from './sale-checks.ts'

/** Everything that says where a payment is. */
const MOVES = `('payment.opened', 'payment.attempted', 'payment.succeeded', 'payment.declined',
  'payment.cancelled')`

const amountOf = (alias: string): string => `(${alias}.data #>> '{amount,amount}')::bigint`

/**
 * What the events of a payment say of its money. A refund begins or was made by hand at the provider,
 * and ends done or refused; one that was refused may turn out to be done all the same.
 */
const payments = (where: string): string => `
    select e.tenant_id, substr(e.stream, 9) as id,
      (array_agg(e.data ->> 'orderId') filter (where e.type = 'payment.opened'))[1] as order_id,
      (array_agg(e.data #>> '{amount,currency}') filter (where e.type = 'payment.opened'))[1]
        as currency,
      coalesce(sum(${amountOf('e')}) filter (where e.type = 'payment.opened'), 0) as asked,
      (array_agg(substr(e.type, 9) order by e.version desc) filter (where e.type in ${MOVES}))[1]
        as status,
      (array_agg(e.data ->> 'transactionId') filter (where e.type = 'payment.succeeded'))[1]
        as transaction_id,
      max(e.at) filter (where e.type = 'payment.succeeded') as succeeded_at,
      bool_or(e.type = 'payment.succeeded') as is_paid,
      case when bool_or(e.type = 'payment.succeeded')
        then coalesce(sum(${amountOf('e')}) filter (where e.type = 'payment.opened'), 0)
        else 0 end as taken,
      coalesce(sum(${amountOf('e')}) filter (where e.type = 'payment.refunded'), 0) as refunded,
      coalesce(sum(${amountOf('e')}) filter (where e.type = 'payment.refund-started' and not exists (
        select from platform.events ended
        where ended.tenant_id = e.tenant_id and ended.stream = e.stream
          and ended.type in ('payment.refunded', 'payment.refund-refused')
          and ended.data ->> 'refundId' = e.data ->> 'refundId')), 0) as going_back,
      coalesce(sum(${amountOf('e')}) filter (where e.type = 'payment.refund-refused'), 0) as refused,
      max(e.at) as changed_at
    from platform.events e
    where e.stream >= 'payment/' and e.stream < 'payment0' and ${where}
    group by e.tenant_id, e.stream`

const PAYMENTS = `payments as materialized (${payments(within('stream', 'e'))})`

/** The payments of each order of a range. */
const ORDERS_WITH_PAYMENTS = `${ORDERS},
  paying as materialized (
    select o.tenant_id as tenant, o.id as placed_id, o.status as order_status, o.created, o.paid_by, p.*
    from orders o cross join unnest(o.payments) as named (payment) cross join lateral (
      ${payments(`e.tenant_id = o.tenant_id and e.stream = 'payment/' || named.payment`)}) as p
  )`

export const MONEY_CHECKS: readonly Check[] = [
  {
    id: 'I5',
    promise: 'no more is given back than was taken',
    walk: 'streams',
    sql: `with ${PAYMENTS}
      select case when refunded + going_back > taken then format(
        'payment %s, shop %s: taken %s %s, found %s given back and %s to be given back', id, tenant_id,
        taken, currency, refunded, going_back) end as said
      from payments`,
  },
  {
    id: 'I5',
    promise: 'the ledger has of each payment what was taken less what was given back',
    walk: 'streams',
    sql: `with ${PAYMENTS}
      select case when (coalesce(a.posted, 0), coalesce(a.held, 0))
          is distinct from (taken - refunded, going_back)
        then format('payment %s, shop %s: taken %s, given back %s, to be given back %s: expected %s and %s held, found %s and %s on its account',
          p.id, p.tenant_id, taken, refunded, going_back, taken - refunded, going_back,
          coalesce(a.posted, 0), coalesce(a.held, 0)) end as said
      from payments p left join platform.accounts a on a.tenant_id = p.tenant_id
        and a.unit = p.currency and a.name = 'paid/' || p.id`,
  },
  {
    id: 'I5',
    promise: 'an order is owed for until it is paid or ends',
    walk: 'streams',
    sql: `with ${ORDERS}
      select case when coalesce(a.posted, 0) <>
          case when o.status in ('created', 'reserved') then t.amount else 0 end
        then format('order %s (%s), shop %s, is %s: expected %s %s owed, found %s',
          o.created ->> 'number', o.id, o.tenant_id, o.status,
          case when o.status in ('created', 'reserved') then t.amount else 0 end, t.currency,
          coalesce(a.posted, 0)) end as said
      from orders o cross join lateral (
          select (o.created #>> '{total,amount}')::bigint as amount,
            o.created #>> '{total,currency}' as currency) as t
        left join platform.accounts a on a.tenant_id = o.tenant_id
          and a.unit = t.currency and a.name = 'owed/' || o.id`,
  },
  {
    id: 'I5',
    promise: 'a confirmed order is paid once, in full',
    walk: 'streams',
    sql: `with ${ORDERS_WITH_PAYMENTS}
      select case
        when (o.created #>> '{total,amount}')::bigint is distinct from p.taken
          or o.created #>> '{total,currency}' is distinct from p.currency
        then format('order %s (%s), shop %s: expected %s %s taken by payment %s, found %s %s',
          o.created ->> 'number', o.id, o.tenant_id, o.created #>> '{total,amount}',
          o.created #>> '{total,currency}', o.paid_by, coalesce(p.taken, 0), p.currency) end as said
      from orders o left join lateral (
        select taken, currency from paying
        where tenant = o.tenant_id and placed_id = o.id and id = o.paid_by and is_paid) as p on true
      where o.was_confirmed`,
  },
  {
    id: 'I8',
    promise: 'money for what is not sold goes back, unless the provider refuses',
    walk: 'streams',
    sql: `with ${ORDERS_WITH_PAYMENTS}
      select case when taken > refunded + going_back + refused
          and (order_status in ('created', 'reserved', 'cancelled') or id is distinct from paid_by)
        then format('payment %s of order %s, shop %s: expected %s %s to go back because the order is %s and paid by %s, found %s given back and %s to be given back',
          id, placed_id, tenant, taken, currency, order_status, coalesce(paid_by, 'none'), refunded,
          going_back) end as said
      from paying`,
  },
  {
    id: 'I7',
    promise: 'a payment that is being made is looked after by a timer',
    walk: 'streams',
    sql: `with ${PAYMENTS}
      select case when not exists (${timersOf('p.tenant_id', `'payment/' || p.id`)}) then format(
        'payment %s of order %s, shop %s: expected a timer payment/%s/… because it is being made, found none',
        p.id, p.order_id, p.tenant_id, p.id) end as said
      from payments p where p.status = 'attempted'`,
  },
  {
    id: 'I7',
    promise: 'a refund that is being made is looked after by a timer',
    walk: 'streams',
    sql: `select case when not exists (
          select from platform.events done where done.tenant_id = begun.tenant_id
            and done.stream = begun.stream
            and done.type in ('payment.refunded', 'payment.refund-refused')
            and done.data ->> 'refundId' = begun.data ->> 'refundId')
        and not exists (select from platform.timers t where t.tenant_id = begun.tenant_id
          and t.id = 'refund/' || (begun.data ->> 'refundId'))
        then format('refund %s of %s, shop %s: expected its end or a timer refund/%s, found neither',
          begun.data ->> 'refundId', stream, tenant_id, begun.data ->> 'refundId') end as said
      from platform.events begun
      where type = 'payment.refund-started' and ${within('stream', 'begun')}`,
  },
  {
    id: 'I8',
    promise: 'no payment of a cancelled order is open',
    walk: 'streams',
    sql: `with ${ORDERS_WITH_PAYMENTS}
      select case when status = 'opened' then format(
        'payment %s, shop %s: expected its end because order %s is cancelled, found it %s', id, tenant,
        placed_id, status) end as said
      from paying where order_status = 'cancelled'`,
  },
  {
    id: 'I13',
    promise: 'the same news has one effect on a payment',
    walk: 'streams',
    sql: `select case when count(*) > 1 then format(
        '%s, shop %s: expected one event %s %s, found %s', stream, tenant_id, type,
        coalesce(data ->> 'refundId', ''), count(*)) end as said
      from platform.events
      where type in ('payment.opened', 'payment.succeeded', 'payment.cancelled',
          'payment.refund-started', 'payment.refunded', 'payment.refund-refused')
        and ${within('stream')}
      group by tenant_id, stream, type, data ->> 'refundId'`,
  },
]

/** Compare with what the provider says: `provider.ts` fills `pg_temp.charges` before the snapshot. */
export const PROVIDER_CHECKS: readonly Check[] = [
  {
    id: 'I6',
    promise: 'what the provider took is booked, once and to the last unit',
    walk: 'whole',
    sql: `with booked as (${payments('true')})
      select case
        -- After a restore to a moment an order may be gone and its money have gone back (decision 0017).
        when b.id is null and c.refunded < c.amount then format(
          'charge %s of %s %s: expected a payment %s, found none', c.id, c.amount, c.currency,
          c.reference)
        when b.id is null then null
        when not b.is_paid and b.status <> 'attempted' then format(
          'charge %s of %s %s: expected payment %s, shop %s, to be paid by it, found it %s', c.id,
          c.amount, c.currency, b.id, b.tenant_id, b.status)
        when b.is_paid and b.transaction_id <> c.id then format(
          'charge %s of %s %s: expected charge %s alone for payment %s, shop %s, found both', c.id,
          c.amount, c.currency, b.transaction_id, b.id, b.tenant_id)
        when (c.amount, c.currency) is distinct from (b.asked, b.currency) then format(
          'charge %s: expected %s %s for payment %s, shop %s, found %s %s', c.id, b.asked, b.currency,
          b.id, b.tenant_id, c.amount, c.currency)
        when b.changed_at < (select at from pg_temp.asked)
            and c.refunded not between b.refunded and b.refunded + b.going_back then format(
          'charge %s: expected %s of payment %s, shop %s, given back, found %s', c.id, b.refunded,
          b.id, b.tenant_id, c.refunded) end as said
      from pg_temp.charges c left join booked b on b.id = c.reference`,
  },
  {
    id: 'I6',
    promise: 'what the shops booked was taken by the provider',
    walk: 'whole',
    sql: `with booked as (${payments('true')})
      select case when c.id is null then format(
        'payment %s, shop %s: expected charge %s of %s %s at the provider, found none', b.id,
        b.tenant_id, b.transaction_id, b.asked, b.currency) end as said
      from booked b left join pg_temp.charges c on c.id = b.transaction_id
      where b.is_paid and b.succeeded_at < (select at from pg_temp.asked)`,
  },
]
