-- What bundles are put together of, as the catalog says it, for whoever shows how many there are. What a
-- line is held with is recorded with the line.
create table inventory.bundles (
  tenant_id integer not null,
  sku text collate "C" not null,
  components jsonb not null,
  primary key (tenant_id, sku)
);

alter table inventory.bundles enable row level security;
alter table inventory.bundles force row level security;
create policy tenant on inventory.bundles to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
