-- Prices in currencies besides the shop's main one, whose prices are the catalog's.

create schema if not exists pricing;

create table pricing.price_lists (
  tenant_id integer not null,
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  -- Minor units of the currency by delivery method.
  delivery jsonb not null check (jsonb_typeof(delivery) = 'object'),
  primary key (tenant_id, currency)
);

-- Always asked for by currency, so that one index serves lists and lookups alike.
create table pricing.list_prices (
  tenant_id integer not null,
  currency text collate "C" not null,
  sku text collate "C" not null,
  -- Minor units.
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  primary key (tenant_id, currency, sku)
);

do $$
declare
  each text;
begin
  foreach each in array array['price_lists', 'list_prices'] loop
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
