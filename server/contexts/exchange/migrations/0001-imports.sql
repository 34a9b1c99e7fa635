-- Tables that were sent, how far they have been read, and what was wrong with their rows.

create schema if not exists exchange;

create table exchange.imports (
  tenant_id integer not null,
  id uuid not null,
  kind text collate "C" not null check (kind in ('products', 'prices', 'stock')),
  format text collate "C" not null check (format in ('csv', 'xlsx')),
  mode text collate "C" not null check (mode in ('apply', 'trial')),
  state text collate "C" not null
    check (state in ('waiting', 'running', 'done', 'broken', 'cancelled')),
  -- How a CSV file is written, where the sender said so.
  dialect jsonb not null,
  bytes bigint not null check (bytes > 0),
  -- Of the file; of a workbook unknown until it has been read.
  bytes_read bigint not null,
  rows_read integer not null,
  applied integer not null,
  unchanged integer not null,
  failed integer not null,
  created_at timestamptz not null,
  began_at timestamptz,
  changed_at timestamptz not null,
  ended_at timestamptz
);
create index imports_newest on exchange.imports (tenant_id, created_at desc, id desc);
create index imports_open on exchange.imports (tenant_id, state) where state in ('waiting', 'running');
alter table exchange.imports add primary key (tenant_id, id);

create table exchange.faults (
  tenant_id integer not null,
  import_id uuid not null,
  line integer not null,
  -- Of several in one line.
  n integer not null,
  column_name text,
  code text collate "C" not null,
  reason text not null,
  primary key (tenant_id, import_id, line, n),
  foreign key (tenant_id, import_id) references exchange.imports (tenant_id, id)
    on delete cascade deferrable initially deferred
);

do $$
declare
  each text;
begin
  foreach each in array array['imports', 'faults'] loop
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
