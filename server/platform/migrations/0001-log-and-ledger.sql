-- The four load-bearing parts as tables: streams and events, accounts and holds with their log,
-- keys with answers, timers and checkpoints. Text keys are collated "C": cheap, and the same
-- order on every machine, so that all writers lock in one order.

create schema if not exists platform;

-- One order for everything that is recorded: (era, xid, position). Positions are unique; alone they
-- are no order, because a transaction may commit after one that drew a later position.
create sequence platform.log_position;

-- The era is raised whenever the cluster's transaction ids start anew (restore by import, another
-- cluster), or old xids would hide new entries from readers.
create table platform.eras (
  era integer primary key,
  system_identifier bigint not null,
  began_at timestamptz not null default now()
);

create table platform.streams (
  tenant_id integer not null,
  stream text collate "C" not null,
  version integer not null check (version > 0),
  primary key (tenant_id, stream)
) with (fillfactor = 80);

create table platform.events (
  tenant_id integer not null,
  stream text collate "C" not null,
  version integer not null,
  type text collate "C" not null,
  schema_version smallint not null default 1,
  -- json, not jsonb: events are written once and folded whole, and json costs half to write.
  data json not null,
  cause text not null,
  era integer not null,
  xid xid8 not null default pg_current_xact_id(),
  position bigint not null default nextval('platform.log_position'),
  at timestamptz not null,
  primary key (tenant_id, stream, version)
);
create index events_in_log_order on platform.events (era, xid, position);

-- Accounts with a limit. What is outside (names that begin with world/) has no row.
create table platform.accounts (
  tenant_id integer not null,
  unit text collate "C" not null,
  name text collate "C" not null check (name not like 'world/%'),
  posted bigint not null,
  held bigint not null,
  primary key (tenant_id, unit, name),
  check (held >= 0),
  check (posted - held >= 0)
) with (fillfactor = 50);

create table platform.transfers (
  tenant_id integer not null,
  position bigint not null default nextval('platform.log_position'),
  era integer not null,
  xid xid8 not null default pg_current_xact_id(),
  verb text collate "C" not null check (verb in ('move', 'hold', 'release', 'lapse', 'post')),
  unit text collate "C" not null,
  from_account text collate "C" not null,
  to_account text collate "C" not null,
  amount bigint not null check (amount >= 0),
  hold_id text collate "C",
  cause text not null,
  at timestamptz not null
);
create index transfers_in_log_order on platform.transfers (era, xid, position);
create index transfers_of_target on platform.transfers (tenant_id, unit, to_account, position)
  where verb in ('move', 'post') and to_account not like 'world/%';
alter table platform.transfers add primary key (tenant_id, unit, from_account, position);

-- Open holds only: a hold that was posted, released or reclaimed is gone, its story is in transfers.
create table platform.holds (
  tenant_id integer not null,
  id text collate "C" not null,
  unit text collate "C" not null,
  account text collate "C" not null,
  amount bigint not null check (amount > 0),
  until timestamptz not null
);
create index holds_by_deadline on platform.holds (until);
create index holds_by_deadline_of_account on platform.holds (tenant_id, unit, account, until);
alter table platform.holds add primary key (tenant_id, id);

-- Answers by key. A ring of four days: slot = day number mod 4; the slot of the day after tomorrow
-- is emptied while nobody looks at it, so answers live at least 48 h and no row is ever deleted.
create table platform.keys (
  tenant_id integer not null,
  caller text collate "C" not null,
  key text collate "C" not null,
  slot smallint not null,
  fingerprint text not null,
  answer json not null,
  at timestamptz not null,
  primary key (tenant_id, caller, key, slot)
) partition by list (slot);
create table platform.keys_0 partition of platform.keys for values in (0);
create table platform.keys_1 partition of platform.keys for values in (1);
create table platform.keys_2 partition of platform.keys for values in (2);
create table platform.keys_3 partition of platform.keys for values in (3);

create table platform.timers (
  tenant_id integer not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  -- When it is next tried; a claim moves it ahead, so a timer whose worker died is tried again.
  due_at timestamptz not null,
  -- When it was first due; with the id, the key of the commit that it causes.
  set_for timestamptz not null,
  data jsonb not null,
  attempts integer not null default 0,
  last_error text,
  primary key (tenant_id, id)
);
create index timers_by_due on platform.timers (due_at);

-- Checkpoints. The token is the fencing token of the lease (requirement R13).
create table platform.subscriptions (
  name text collate "C" primary key,
  era integer not null default 0,
  xid xid8 not null default '0',
  position bigint not null default 0,
  token bigint not null default 0,
  holder text,
  leased_until timestamptz not null default '-infinity'
);

-- What failed five times, for an operator to see, replay or drop.
create table platform.dead_letters (
  tenant_id integer not null,
  id bigint generated always as identity,
  source text not null,
  entry jsonb not null,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);

-- Row-level security: forced everywhere. The writer and the reader serve every tenant; the
-- application's role sees the tenant set for its transaction and nothing without one.
do $$
declare
  each text;
begin
  foreach each in array array[
    'streams', 'events', 'accounts', 'transfers', 'holds', 'timers', 'dead_letters',
    'keys', 'keys_0', 'keys_1', 'keys_2', 'keys_3'
  ] loop
    execute format('alter table platform.%I enable row level security', each);
    execute format('alter table platform.%I force row level security', each);
    execute format(
      'create policy writer on platform.%I to torg_writer using (true) with check (true)', each);
    execute format(
      'create policy reader on platform.%I to torg_reader using (true) with check (true)', each);
    execute format(
      'create policy tenant on platform.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;

grant usage on schema platform to torg_writer, torg_reader, torg_app;
grant usage on sequence platform.log_position to torg_writer;
grant select on platform.log_position to torg_reader;
grant select on platform.eras to torg_writer, torg_reader;
grant select, insert, update on platform.streams, platform.accounts to torg_writer;
grant select, insert on platform.events, platform.transfers to torg_writer;
grant select, insert, update, delete on platform.holds, platform.timers to torg_writer;
grant select, insert, update on platform.keys to torg_writer;
grant truncate, select on
  platform.keys_0, platform.keys_1, platform.keys_2, platform.keys_3 to torg_writer;
grant select on platform.events, platform.transfers, platform.accounts, platform.holds,
  platform.streams to torg_reader, torg_app;
grant select, update, delete on platform.timers to torg_reader;
grant select, insert, update on platform.subscriptions to torg_reader;
grant select, insert, delete on platform.dead_letters to torg_reader;

insert into platform.eras (era, system_identifier)
  select 1, system_identifier from pg_control_system();
