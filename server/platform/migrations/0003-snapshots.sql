-- States of long streams, so that a load folds at most about a hundred events. Never the truth: they
-- may be deleted at any time. One of another fold is not read; see server/platform/write/folds.ts.

create table platform.snapshots (
  tenant_id integer not null,
  stream text collate "C" not null,
  version integer not null check (version > 0),
  fold text collate "C" not null,
  state json not null,
  -- The latest time of any event that it holds.
  at timestamptz not null,
  primary key (tenant_id, stream, version)
);

alter table platform.snapshots enable row level security;
alter table platform.snapshots force row level security;
create policy writer on platform.snapshots to torg_writer using (true) with check (true);
create policy tenant on platform.snapshots to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));

grant select, insert, update on platform.snapshots to torg_writer;
grant select on platform.snapshots to torg_app;
