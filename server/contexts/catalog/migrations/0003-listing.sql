-- Lists sort and filter by rows that are the same in every language; a card is only how a product is
-- shown in one. Places order and are cursors: by age, by price, by name (see domain/listing.ts).

create table catalog.listed (
  tenant_id integer not null,
  product_id uuid not null,
  place text collate "C" not null,
  price_place text collate "C" not null,
  category text collate "C",
  brand text collate "C",
  -- Minor units of the shop's main currency, of its cheapest and of its dearest variant.
  price bigint not null,
  price_to bigint not null,
  -- What filters may ask; the same terms are in catalog.listed_terms.
  terms text[] collate "C" not null,
  -- Of its variants, joined by spaces.
  skus text not null,
  -- Null for no limit.
  visible_from timestamptz,
  visible_until timestamptz
);

-- From a term to its products, for terms that few have.
create table catalog.listed_terms (
  tenant_id integer not null,
  term text collate "C" not null,
  product_id uuid not null,
  primary key (tenant_id, term, product_id)
);

insert into catalog.listed (tenant_id, product_id, place, price_place, category, brand, price,
  price_to, terms, skus)
select c.tenant_id, c.product_id, c.place,
  lpad(least.amount::text, 14, '0') || '.' || c.product_id, c.category, c.brand, least.amount,
  least.most, array_remove(array['c:' || c.category, 'b:' || c.brand,
    'p:' || c.category || '/' || c.brand], null), c.skus
from (select distinct on (tenant_id, product_id) * from catalog.cards) as c
join catalog.products p on p.tenant_id = c.tenant_id and p.id = c.product_id
cross join lateral (
  select min((v->'price'->>'amount')::bigint) as amount, max((v->'price'->>'amount')::bigint) as most
  from jsonb_array_elements(p.variants) as v) as least;

insert into catalog.listed_terms (tenant_id, term, product_id)
select tenant_id, unnest(terms), product_id from catalog.listed;

-- What was shown so far is shown on, with the places that are new.
alter table catalog.cards add column name_place text collate "C";
update catalog.cards as c set
  name_place = lower(coalesce(p.name->>c.language, '')) || chr(9) || c.product_id,
  card = left(c.card, -1) || ',"priceFrom":' || (p.variants->0->'price')::text
    || ',"priceTo":' || (p.variants->0->'price')::text
    || ',"wasPrice":null,"rating":null,"picture":null,"availability":' || chr(1) || '}'
from catalog.products p where p.tenant_id = c.tenant_id and p.id = c.product_id;
alter table catalog.cards
  alter column name_place set not null,
  drop column place,
  drop column category,
  drop column brand,
  drop column skus;

create index listed_newest on catalog.listed (tenant_id, place desc);
create index listed_by_price on catalog.listed (tenant_id, price_place);
create index listed_of_category on catalog.listed (tenant_id, category, place desc);
create index listed_of_category_by_price on catalog.listed (tenant_id, category, price_place);
create index listed_of_brand on catalog.listed (tenant_id, brand, place desc);
create index listed_of_brand_by_price on catalog.listed (tenant_id, brand, price_place);
alter table catalog.listed add primary key (tenant_id, product_id);

create index cards_by_name on catalog.cards (tenant_id, language, name_place);
alter table catalog.cards drop constraint cards_pkey;
alter table catalog.cards add primary key (tenant_id, product_id, language);

do $$
declare
  each text;
begin
  foreach each in array array['listed', 'listed_terms'] loop
    execute format('alter table catalog.%I enable row level security', each);
    execute format('alter table catalog.%I force row level security', each);
    execute format(
      'create policy tenant on catalog.%I
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
