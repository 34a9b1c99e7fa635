-- How a shop looks; one without a row looks as the code says. Read by everybody who opens a page, and
-- small, so it is one value that the code checks before it is written.
create table tenants.looks (
  tenant_id integer not null primary key,
  look jsonb not null check (jsonb_typeof(look) = 'object')
);

alter table tenants.looks enable row level security;
alter table tenants.looks force row level security;
create policy tenant on tenants.looks to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
