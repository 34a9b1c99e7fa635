-- Tables that come and go by themselves: when, from where, and what became of each time.

create table exchange.schedules (
  tenant_id integer not null,
  id uuid not null,
  name text not null,
  direction text collate "C" not null check (direction in ('import', 'export')),
  kind text collate "C" not null check (kind in ('products', 'prices', 'stock')),
  rhythm jsonb not null,
  is_paused boolean not null,
  -- Of an import. What stands in it behind a question mark may be a token: it is never shown again.
  source_url text check ((source_url is null) = (direction = 'export')),
  mode text collate "C" check (mode in ('apply', 'trial')),
  dialect jsonb not null,
  -- Of an export.
  format text collate "C" check (format in ('csv', 'xlsx')),
  keep integer check (keep between 1 and 100),
  next_at timestamptz check ((next_at is null) = is_paused),
  created_at timestamptz not null
);
create index schedules_newest on exchange.schedules (tenant_id, created_at desc, id desc);
create index schedules_due on exchange.schedules (tenant_id, next_at) where next_at is not null;
alter table exchange.schedules add primary key (tenant_id, id);

create table exchange.runs (
  tenant_id integer not null,
  id uuid not null,
  schedule_id uuid not null,
  due_at timestamptz not null,
  because text collate "C" not null check (because in ('due', 'asked')),
  state text collate "C" not null check (
    state in ('waiting', 'running', 'importing', 'done', 'failed', 'cancelled', 'passed-over')
  ),
  -- Also the fence: what an earlier try still wants to say is not heard.
  attempts integer not null,
  retry_at timestamptz,
  rows_count integer not null,
  failed integer not null,
  fault_code text collate "C",
  fault_reason text,
  import_id uuid,
  -- Of an export, while it is kept.
  file_id uuid,
  file_bytes bigint,
  created_at timestamptz not null,
  began_at timestamptz,
  ended_at timestamptz,
  foreign key (tenant_id, schedule_id) references exchange.schedules (tenant_id, id)
    on delete cascade deferrable initially deferred
);
-- One time that a schedule is due is one run.
create unique index runs_once on exchange.runs (tenant_id, schedule_id, due_at desc, because);
create index runs_newest on exchange.runs (tenant_id, schedule_id, due_at desc, id desc);
create index runs_oldest on exchange.runs (tenant_id, created_at, id) where file_id is null;
create index runs_of_files on exchange.runs (tenant_id, file_id) where file_id is not null;
create index runs_with_files on exchange.runs (tenant_id, schedule_id, due_at desc, id desc)
  where file_id is not null;
alter table exchange.runs add primary key (tenant_id, id);

-- The run that brought an import hears of its end.
alter table exchange.imports add column schedule_id uuid, add column run_id uuid;

do $$
declare
  each text;
begin
  foreach each in array array['schedules', 'runs'] loop
    execute format('alter table exchange.%I enable row level security', each);
    execute format('alter table exchange.%I force row level security', each);
    execute format(
      'create policy tenant on exchange.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
