-- What a user sees of the own sign-ins, tokens that are good once, and notices that wait to be sent.

-- Sessions are events of their user from now on, and those there are have none: people sign in anew.
truncate identity.sessions;
alter table identity.sessions
  -- From the User-Agent, shortened: a name to recognize the device by.
  add column device text not null,
  add column last_used_at timestamptz not null,
  -- Why it ended before its time; the row stays until then, so that its last token hears why.
  add column ended text collate "C"
    check (ended in ('signed-out', 'newer-sign-in', 'password-changed'));

alter table identity.users add column email_verified_at timestamptz;

-- How often it was changed: a sign-in that was decided on an older password is refused.
alter table identity.credentials add column changes integer not null default 0;

-- Good once, for one user and one purpose, of which there is one at a time.
create table identity.tokens (
  tenant_id integer not null,
  user_id uuid not null,
  purpose text collate "C" not null check (purpose in ('password-reset', 'email-verification')),
  secret_hash text collate "C" not null,
  expires_at timestamptz not null,
  foreign key (tenant_id, user_id) references identity.users (tenant_id, id)
    on delete cascade deferrable initially deferred
);
create index tokens_by_end on identity.tokens (tenant_id, expires_at);
alter table identity.tokens add primary key (tenant_id, user_id, purpose);

-- What is to be told to users and is not yet: whoever sends one deletes it. The newest of a kind only.
create table identity.notices (
  tenant_id integer not null,
  user_id uuid not null,
  kind text collate "C" not null
    check (kind in ('password-reset', 'email-verification', 'password-changed')),
  -- The token it brings, encrypted under a key that is not in the database.
  sealed_token text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (tenant_id, user_id) references identity.users (tenant_id, id)
    on delete cascade deferrable initially deferred
);
create index notices_newest on identity.notices (tenant_id, created_at desc);
create index notices_by_end on identity.notices (tenant_id, expires_at);
alter table identity.notices add primary key (tenant_id, user_id, kind);

do $$
declare
  each text;
begin
  foreach each in array array['tokens', 'notices'] loop
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
