create schema orders;

-- Personal data of orders: erasable, and nowhere else.
create table orders.contacts (
  tenant_id integer not null,
  order_id uuid not null,
  email text not null,
  shipping_address jsonb not null,
  primary key (tenant_id, order_id)
);

-- Read model, built from the log by the subscription orders.summaries.
create table orders.summaries (
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
create index summaries_by_age on orders.summaries (tenant_id, created_at desc, order_id desc);
create index summaries_of_user on orders.summaries (tenant_id, user_id, created_at desc, order_id desc)
  where user_id is not null;
alter table orders.summaries add primary key (tenant_id, order_id);

do $$
declare
  each text;
begin
  foreach each in array array['contacts', 'summaries'] loop
    execute format('alter table orders.%I enable row level security', each);
    execute format('alter table orders.%I force row level security', each);
    execute format(
      'create policy tenant on orders.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
