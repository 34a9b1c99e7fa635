-- The shops of this deployment. The one table that is not a shop's: it says which shops there are,
-- so it has no tenant_id and no policy, and processes that serve requests may only read it.

create schema if not exists tenants;

create table tenants.shops (
  id integer generated always as identity primary key,
  slug text collate "C" not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- Lower case, without port.
  host text collate "C" not null unique check (host = lower(host) and host <> ''),
  name text not null check (name <> ''),
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  -- BCP 47 tags in an array, the default first.
  languages jsonb not null check (jsonb_array_length(languages) > 0),
  hold_minutes integer not null check (hold_minutes between 1 and 60),
  time_zone text collate "C" not null,
  -- Minor units of the currency by delivery method.
  delivery jsonb not null check (jsonb_typeof(delivery) = 'object'),
  created_at timestamptz not null default now()
);

revoke insert, update, delete on tenants.shops from torg_app;
