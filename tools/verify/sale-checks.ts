import { type Check, timersOf, within } from './check.ts'
import { TOUCHED_TRANSFERS } from './ledger-checks.ts'
import { TOUCHED_STREAMS } from './since.ts'

/** Everything that moves an order; what else its stream may hold says nothing of where it is. */
const MOVES = `('order.created', 'order.reserved', 'order.confirmed', 'order.fulfilled',
  'order.cancelled', 'order.reinstated')`

/** The orders of a range of streams, each with what its events say of it. */
export const ORDERS = `
  orders as materialized (
    select tenant_id, substr(stream, 7) as id,
      (array_agg(data) filter (where type = 'order.created'))[1] as created,
      (array_agg(substr(type, 7) order by version desc) filter (where type in ${MOVES}))[1]
        as status,
      bool_or(type = 'order.confirmed') as was_confirmed,
      (array_agg(data ->> 'paymentId' order by version desc)
        filter (where type = 'order.confirmed'))[1] as paid_by,
      array_agg(distinct data ->> 'paymentId') filter (
        where type in ('order.created', 'order.payment-replaced', 'order.confirmed')) as payments
    from platform.events
    where stream >= 'order/' and stream < 'order0' and ${within('stream')}
    group by tenant_id, stream
  )`

/**
 * What a line of an order is held with: the SKU under the line's hold, or each component of a bundle
 * under one of its own (INVENTORY-9). Rows `part (unit, quantity, hold_id)`.
 */
const partsOf = (line: string): string => `lateral (
    select ${line} ->> 'sku' as unit, (${line} ->> 'quantity')::bigint as quantity,
      ${line} ->> 'holdId' as hold_id
    where coalesce(json_array_length(${line} -> 'components'), 0) = 0
    union all
    select component ->> 'sku',
      sum((${line} ->> 'quantity')::bigint * (component ->> 'quantity')::bigint)::bigint,
      (${line} ->> 'holdId') || '/' || (component ->> 'sku')
    from json_array_elements(${line} -> 'components') as component
    group by component ->> 'sku') as part (unit, quantity, hold_id)`

/** What left by each hold, beside what its order says. */
const soldAsSaid = (
  transfers: string,
  ofOrders: (alias: string) => string,
  ofHolds: string,
): string => `with placed as (
        select o.tenant_id, o.stream, part.hold_id, part.unit, part.quantity
        from platform.events o cross join json_array_elements(o.data -> 'lines') as line
          cross join ${partsOf('line')}
        where o.type = 'order.created' and ${ofOrders('o')}),
      newest as (
        select distinct on (tenant_id, stream) tenant_id, stream, type from platform.events
        where stream >= 'order/' and stream < 'order0' and type in ${MOVES} and ${ofOrders('events')}
        order by tenant_id, stream, version desc),
      wanted as (
        select tenant_id, unit, hold_id, string_agg(stream || ', ' || substr(type, 7), '; ')
            as streams,
          sum(case when type in ('order.confirmed', 'order.fulfilled') then quantity else 0 end)
            as quantity
        from placed join newest using (tenant_id, stream)
        group by tenant_id, unit, hold_id),
      sold as (
        select tenant_id, unit, hold_id,
          sum(case verb when 'post' then amount else -amount end) as amount
        from (${transfers}) as t
        where (verb = 'post' and to_account = 'world/sold'
          or verb = 'move' and from_account = 'world/sold' and hold_id is not null) and ${ofHolds}
        group by tenant_id, unit, hold_id)
      select case when coalesce(quantity, 0) <> coalesce(amount, 0) then format(
        'units of %s sold by hold %s (%s), shop %s: expected %s, found %s', unit, hold_id,
        coalesce(streams, 'no order'), tenant_id, coalesce(quantity, 0), coalesce(amount, 0)) end
        as said
      from wanted full join sold using (tenant_id, unit, hold_id)`

const oneOrder = (which: string): string => `select case
        when count(*) over (partition by tenant_id, cause) > 1 then format(
          '%s, shop %s: expected one order of request "%s", found %s', stream, tenant_id, cause,
          count(*) over (partition by tenant_id, cause))
        when data ->> 'cartId' is not null
          and count(*) over (partition by tenant_id, data ->> 'cartId') > 1 then format(
          '%s, shop %s: expected one order of cart %s, found %s', stream, tenant_id,
          data ->> 'cartId', count(*) over (partition by tenant_id, data ->> 'cartId')) end as said
      from platform.events where type = 'order.created' and ${which}`

export const SALE_CHECKS: readonly Check[] = [
  {
    id: 'I1',
    promise: 'what was sold and not taken back is what confirmed orders say, line by line',
    walk: 'whole',
    sql: soldAsSaid('select * from platform.transfers', () => 'true', 'true'),
    since: soldAsSaid(
      TOUCHED_TRANSFERS,
      (alias) => `(${alias}.tenant_id, ${alias}.stream) in (${TOUCHED_STREAMS})`,
      // A unit leaves with the event of its order: of a hold that no touched order knows all is old.
      'hold_id in (select hold_id from placed)',
    ),
  },
  {
    id: 'I3',
    promise: 'every order that was acknowledged is there, with the total that was told',
    walk: 'whole',
    sql: `select case when e.stream is null then format(
          'order %s (%s), shop %s: told under key %s of %s, found no such order',
          k.answer ->> 'number', k.answer ->> 'id', k.tenant_id, k.key, k.caller)
        when (e.data #>> '{total,amount}', e.data #>> '{total,currency}') is distinct from
          (k.answer #>> '{total,amount}', k.answer #>> '{total,currency}') then format(
          'order %s (%s), shop %s: told a total of %s %s, found %s %s', k.answer ->> 'number',
          k.answer ->> 'id', k.tenant_id, k.answer #>> '{total,amount}',
          k.answer #>> '{total,currency}', e.data #>> '{total,amount}',
          e.data #>> '{total,currency}') end as said
      from platform.keys k left join platform.events e on e.tenant_id = k.tenant_id
        and e.stream = 'order/' || (k.answer ->> 'id') and e.version = 1
      where k.answer ->> 'number' is not null and k.answer ->> 'paymentId' is not null`,
  },
  {
    id: 'I3',
    promise: 'every payment that was acknowledged is booked',
    walk: 'whole',
    sql: `select case when not exists (
          select from platform.events e where e.tenant_id = k.tenant_id
            and e.stream = 'payment/' || (k.answer ->> 'id') and e.type = 'payment.succeeded'
            and e.data ->> 'transactionId' = k.answer ->> 'transactionId')
        then format('payment %s, shop %s: told transaction %s under key %s of %s, found none such',
          k.answer ->> 'id', k.tenant_id, k.answer ->> 'transactionId', k.key, k.caller) end as said
      from platform.keys k
      where k.answer ->> 'orderId' is not null and k.answer ->> 'transactionId' is not null`,
  },
  {
    id: 'I4',
    promise: 'one request and one cart make one order',
    walk: 'whole',
    sql: oneOrder('true'),
    since: oneOrder(`(tenant_id, stream) in (${TOUCHED_STREAMS})`),
  },
  {
    id: 'I7',
    promise: 'an order that waits has a deadline',
    walk: 'streams',
    sql: `with ${ORDERS}
      select case when not exists (${timersOf('o.tenant_id', `'order/' || o.id`)}) then format(
        'order %s (%s), shop %s: expected a timer order/%s/… because it is %s, found none',
        o.created ->> 'number', o.id, o.tenant_id, o.id, o.status) end as said
      from orders o where o.status in ('created', 'reserved')`,
  },
  {
    id: 'I8',
    promise: 'a cancelled order holds no units',
    walk: 'streams',
    sql: `with ${ORDERS}
      select case when h.id is not null then format(
        'order %s (%s), shop %s: expected nothing held because it is cancelled, found %s of %s in hold %s',
        o.created ->> 'number', o.id, o.tenant_id, h.amount, h.unit, h.id) end as said
      from orders o cross join json_array_elements(o.created -> 'lines') as line
        cross join ${partsOf('line')}
        left join platform.holds h on h.tenant_id = o.tenant_id and h.id = part.hold_id
      where o.status = 'cancelled'`,
  },
  {
    id: 'I2',
    promise:
      'a line of an order that waits is held whole, every component of a bundle, or not at all',
    walk: 'streams',
    sql: `with ${ORDERS},
      held as (
        select o.tenant_id, o.id, line ->> 'holdId' as line, count(*) as parts, count(h.id) as held,
          count(distinct h.until) as ends,
          string_agg(format('%s of %s, found %s of %s', part.quantity, part.unit,
            coalesce(h.amount, 0), coalesce(h.unit, part.unit)), '; ' order by part.unit)
            filter (where h.amount is distinct from part.quantity
              or h.unit is distinct from part.unit) as wrong
        from orders o cross join json_array_elements(o.created -> 'lines') as line
          cross join ${partsOf('line')}
          left join platform.holds h on h.tenant_id = o.tenant_id and h.id = part.hold_id
            and h.until > now()
        where o.status in ('created', 'reserved')
        group by o.tenant_id, o.id, line ->> 'holdId')
      select case when held > 0 and wrong is not null then format(
          'line %s of order %s, shop %s: expected %s', line, id, tenant_id, wrong)
        when ends > 1 then format(
          'line %s of order %s, shop %s: expected one end of its %s holds, found %s', line, id,
          tenant_id, parts, ends) end as said
      from held`,
  },
  {
    id: 'I13',
    promise: 'the same news has one effect on an order',
    walk: 'streams',
    sql: `select case when count(*) > 1 then format(
        '%s, shop %s: expected one event %s, found %s', stream, tenant_id, type, count(*)) end as said
      from platform.events
      where stream >= 'order/' and stream < 'order0' and type in ${MOVES} and ${within('stream')}
      group by tenant_id, stream, type`,
  },
]
