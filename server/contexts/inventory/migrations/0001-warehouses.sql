create schema inventory;

-- In order of preference: position 0 is the main warehouse. Units are in the ledger, not here.
create table inventory.warehouses (
  tenant_id integer not null,
  code text collate "C" not null check (code ~ '^[a-z0-9-]{1,32}$'),
  name text not null,
  position smallint not null check (position between 0 and 7),
  unique (tenant_id, position)
);
alter table inventory.warehouses add primary key (tenant_id, code);

alter table inventory.warehouses enable row level security;
alter table inventory.warehouses force row level security;
create policy tenant on inventory.warehouses to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
