-- Where the addresses of removed categories lead; null: nowhere, but they were here once. A category that
-- is set again is found first, so its row here says nothing until it is removed again.
create table catalog.former_categories (
  tenant_id integer not null,
  slug text collate "C" not null,
  leads_to text collate "C",
  primary key (tenant_id, slug),
  check (leads_to <> slug)
);

alter table catalog.former_categories enable row level security;
alter table catalog.former_categories force row level security;
create policy tenant on catalog.former_categories
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
