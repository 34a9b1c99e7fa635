-- What prices and taxes follow beside the price lists: groups, markets, special lists, zones, rates.

-- A few hundred rows a shop at most, read together.
create table pricing.rules (
  tenant_id integer not null,
  kind text collate "C" not null check (kind in ('group', 'market', 'special-list', 'zone', 'rate', 'tax')),
  code text collate "C" not null check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  rule jsonb not null check (jsonb_typeof(rule) = 'object'),
  version integer not null check (version > 0),
  primary key (tenant_id, kind, code)
);

-- Always asked for by list, so that one index serves lists and lookups alike.
create table pricing.special_prices (
  tenant_id integer not null,
  list text collate "C" not null,
  sku text collate "C" not null,
  tiers jsonb not null check (jsonb_typeof(tiers) = 'array'),
  primary key (tenant_id, list, sku)
);

create table pricing.customers (
  tenant_id integer not null,
  user_id uuid not null,
  customer_group text collate "C" not null,
  primary key (tenant_id, user_id)
);

-- What a SKU cost everybody from an instant on, for the lowest price before a sale.
create table pricing.price_points (
  tenant_id integer not null,
  currency text collate "C" not null,
  sku text collate "C" not null,
  at timestamptz not null,
  -- Minor units; null from when on it is not sold in this currency.
  amount bigint check (amount >= 0),
  primary key (tenant_id, currency, sku, at)
);

do $$
declare
  each text;
begin
  foreach each in array array['rules', 'special_prices', 'customers', 'price_points'] loop
    execute format('alter table pricing.%I enable row level security', each);
    execute format('alter table pricing.%I force row level security', each);
    execute format(
      'create policy tenant on pricing.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
