-- Where people have their orders sent: personal data, gone with the user.

create table identity.addresses (
  tenant_id integer not null,
  user_id uuid not null,
  id uuid not null,
  name text not null,
  phone text,
  line1 text not null,
  line2 text,
  city text not null,
  postal_code text,
  -- ISO 3166-1 alpha-2.
  country text collate "C" not null check (country ~ '^[A-Z]{2}$'),
  -- Of a user's at most one; the user's address book sees to it.
  is_usual boolean not null,
  created_at timestamptz not null,
  foreign key (tenant_id, user_id) references identity.users (tenant_id, id)
    on delete cascade deferrable initially deferred
);
alter table identity.addresses add primary key (tenant_id, user_id, id);

alter table identity.addresses enable row level security;
alter table identity.addresses force row level security;
create policy tenant on identity.addresses
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
