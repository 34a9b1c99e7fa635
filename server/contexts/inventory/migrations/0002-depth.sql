-- How a shop keeps its stock; a shop without a row has the defaults of the code.
create table inventory.settings (
  tenant_id integer not null primary key,
  allocation text not null check (allocation in ('preference', 'fewest-parcels')),
  low_stock integer not null check (low_stock between 0 and 1000000)
);

-- What is special about a SKU. `backorder_filled` counts the units that were sold before they were
-- there and have come since; what is still owed is backorder_limit less the account `backorder`.
create table inventory.sku_settings (
  tenant_id integer not null,
  sku text collate "C" not null,
  low_stock integer check (low_stock between 0 and 1000000),
  backorder_limit bigint not null default 0 check (backorder_limit >= 0),
  backorder_filled bigint not null default 0 check (backorder_filled >= 0),
  available_from date,
  primary key (tenant_id, sku)
);

-- SKUs that have become few and have not recovered.
create table inventory.low_stock (
  tenant_id integer not null,
  sku text collate "C" not null,
  free bigint not null,
  threshold integer not null,
  since timestamptz not null,
  primary key (tenant_id, sku)
);

-- Lists of transfers and of stock takes; what they are is in their streams, the units in the ledger.
create table inventory.transfers (
  tenant_id integer not null,
  id uuid not null,
  source text collate "C" not null,
  target text collate "C" not null,
  status text not null check (status in ('on-the-way', 'received', 'cancelled')),
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index transfers_by_age on inventory.transfers (tenant_id, created_at desc, id desc);
alter table inventory.transfers add primary key (tenant_id, id);

create table inventory.stock_takes (
  tenant_id integer not null,
  id uuid not null,
  warehouse text collate "C" not null,
  status text not null check (status in ('open', 'closed', 'abandoned')),
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index stock_takes_by_age on inventory.stock_takes (tenant_id, created_at desc, id desc);
-- Two takes of one place would each book the same difference.
create unique index stock_takes_open on inventory.stock_takes (tenant_id, warehouse)
  where status = 'open';
alter table inventory.stock_takes add primary key (tenant_id, id);

do $$
declare
  each text;
begin
  foreach each in array array['settings', 'sku_settings', 'low_stock', 'transfers', 'stock_takes'] loop
    execute format('alter table inventory.%I enable row level security', each);
    execute format('alter table inventory.%I force row level security', each);
    execute format(
      'create policy tenant on inventory.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
