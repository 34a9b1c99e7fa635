-- Who may sign in to a shop. Personal data lives here and nowhere else; the log holds ids only.

create schema if not exists identity;

create table identity.users (
  tenant_id integer not null,
  id uuid not null,
  -- Lower case, NFC.
  email text collate "C" not null,
  username text not null,
  birth_date date not null,
  roles text[] not null check (
    cardinality(roles) > 0 and roles <@ array['shopper', 'warehouse', 'courier', 'staff', 'admin']),
  created_at timestamptz not null,
  unique (tenant_id, email)
);

-- Lists are newest first.
create index users_newest on identity.users (tenant_id, created_at desc, id desc);
alter table identity.users add primary key (tenant_id, id);

-- Foreign keys are checked at the end: a commit that settles several requests writes table by table
-- in the order in which it first met them.
create table identity.credentials (
  tenant_id integer not null,
  user_id uuid not null,
  -- Argon2id in PHC form.
  password_hash text not null check (password_hash like '$argon2id$%'),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references identity.users (tenant_id, id)
    on delete cascade deferrable initially deferred
);

-- One sign-in each, with the hash of the newest of its refresh tokens.
create table identity.sessions (
  tenant_id integer not null,
  id uuid not null,
  user_id uuid not null,
  secret_hash text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (tenant_id, user_id) references identity.users (tenant_id, id)
    on delete cascade deferrable initially deferred
);

create index sessions_of_user on identity.sessions (tenant_id, user_id);
create index sessions_by_end on identity.sessions (tenant_id, expires_at);
alter table identity.sessions add primary key (tenant_id, id);

-- Sign-ins tried from one address for one e-mail address, both under a keyed hash.
create table identity.sign_in_tries (
  tenant_id integer not null,
  bucket text collate "C" not null,
  tries integer not null check (tries > 0),
  ends_at timestamptz not null
);

create index sign_in_tries_by_end on identity.sign_in_tries (tenant_id, ends_at);
alter table identity.sign_in_tries add primary key (tenant_id, bucket);

do $$
declare
  each text;
begin
  foreach each in array array['users', 'credentials', 'sessions', 'sign_in_tries'] loop
    execute format('alter table identity.%I enable row level security', each);
    execute format('alter table identity.%I force row level security', each);
    execute format(
      'create policy tenant on identity.%I
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
