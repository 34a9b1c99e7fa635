-- Every filter of the lists has its index, and orders that are long final stand in a table of their
-- own, so that the one that is written all day stays small (ORD-14, ORD-16).

create index summaries_by_status on orders.summaries
  (tenant_id, status, created_at desc, order_id desc);
create index summaries_by_number on orders.summaries (tenant_id, number);
create index summaries_by_end on orders.summaries (tenant_id, changed_at, order_id)
  where status in ('fulfilled', 'cancelled');

-- The youngest of the indexes that begin with the tenant (decision 0010).
alter table orders.summaries drop constraint summaries_pkey;
alter table orders.summaries add primary key (tenant_id, order_id);

create table orders.archived_summaries (
  tenant_id integer not null,
  order_id uuid not null,
  number text not null,
  user_id uuid,
  status text not null,
  amount bigint not null,
  currency text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index archived_summaries_by_age on orders.archived_summaries
  (tenant_id, created_at desc, order_id desc);
create index archived_summaries_of_user on orders.archived_summaries
  (tenant_id, user_id, created_at desc, order_id desc) where user_id is not null;
create index archived_summaries_by_status on orders.archived_summaries
  (tenant_id, status, created_at desc, order_id desc);
create index archived_summaries_by_number on orders.archived_summaries (tenant_id, number);
alter table orders.archived_summaries add primary key (tenant_id, order_id);

alter table orders.archived_summaries enable row level security;
alter table orders.archived_summaries force row level security;
create policy tenant on orders.archived_summaries to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
