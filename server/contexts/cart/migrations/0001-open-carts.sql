-- A cart is its stream; this says which open ones a user has. Rows come and go with the commits
-- that begin, claim, order, merge and expire carts. Carts of guests are not here.

create schema if not exists cart;

create table cart.open_carts (
  tenant_id integer not null,
  cart_id uuid not null,
  user_id uuid not null,
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null
);
create index open_carts_of_user on cart.open_carts (tenant_id, user_id, opened_at desc, cart_id desc);
alter table cart.open_carts add primary key (tenant_id, cart_id);

alter table cart.open_carts enable row level security;
alter table cart.open_carts force row level security;
create policy tenant on cart.open_carts to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
