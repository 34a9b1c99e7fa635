-- What people keep to buy some day.

create schema if not exists wishlists;

create table wishlists.wishes (
  tenant_id integer not null,
  user_id uuid not null,
  product_id uuid not null,
  -- The variant, where one was chosen.
  sku text collate "C",
  -- By language, as the product was called then.
  name jsonb not null,
  created_at timestamptz not null
);
create index wishes_of_user on wishlists.wishes
  (tenant_id, user_id, created_at desc, product_id desc);
alter table wishlists.wishes add primary key (tenant_id, product_id, user_id);

alter table wishlists.wishes enable row level security;
alter table wishlists.wishes force row level security;
create policy tenant on wishlists.wishes to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
