-- What buyers ask to give back. Comments and the shop's words are personal data: they stand here,
-- never in the log.

create schema if not exists returns;

create table returns.requests (
  tenant_id integer not null,
  id uuid not null,
  number text collate "C" not null,
  order_id uuid not null,
  order_number text collate "C" not null,
  -- Null for a guest.
  user_id uuid,
  state text collate "C" not null check (state in ('requested', 'approved', 'declined', 'withdrawn')),
  reason text collate "C" not null,
  comment text,
  -- Why the shop declined.
  because text,
  -- SKUs with their quantities and names, as the order had them.
  lines jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index requests_of_order on returns.requests
  (tenant_id, order_id, created_at desc, id desc);
create index requests_of_user on returns.requests
  (tenant_id, user_id, created_at desc, id desc) where user_id is not null;
create index requests_in_state on returns.requests
  (tenant_id, state, created_at desc, id desc);
alter table returns.requests add primary key (tenant_id, id);

alter table returns.requests enable row level security;
alter table returns.requests force row level security;
create policy tenant on returns.requests to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
