create schema payments;

-- Read model, built from the log by the subscription payments.summaries.
create table payments.summaries (
  tenant_id integer not null,
  payment_id uuid not null,
  order_id uuid not null,
  user_id uuid,
  created_at timestamptz not null
);
create index summaries_of_user
  on payments.summaries (tenant_id, user_id, created_at desc, payment_id desc)
  where user_id is not null;
create index summaries_of_order
  on payments.summaries (tenant_id, order_id, created_at desc, payment_id desc);
alter table payments.summaries add primary key (tenant_id, payment_id);

alter table payments.summaries enable row level security;
alter table payments.summaries force row level security;
create policy tenant on payments.summaries to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
