-- What a shop sells. Every key begins with tenant_id; slugs and SKUs have tables of their own, so
-- that they stay claimed for ever, whatever becomes of the product. Text keys are collated "C".

create schema if not exists catalog;

create table catalog.products (
  tenant_id integer not null,
  id uuid not null,
  slug text collate "C" not null,
  -- By language.
  name jsonb not null,
  description jsonb not null,
  category text collate "C",
  brand text collate "C",
  -- In their order, the main one first; the same facts as in catalog.skus, for reading a product whole.
  variants jsonb not null,
  status text collate "C" not null check (status in ('active', 'archived')),
  version integer not null check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);

-- Lists read this alone: every product on sale, in each language of its shop, as it is sent but for
-- its stock. The place is the creation time in ms and the id, so one column orders and is the cursor.
create table catalog.cards (
  tenant_id integer not null,
  language text collate "C" not null,
  product_id uuid not null,
  place text collate "C" not null,
  category text collate "C",
  brand text collate "C",
  skus text not null,
  card text not null
);
create index cards_newest on catalog.cards (tenant_id, language, place desc);
create index cards_of_category on catalog.cards (tenant_id, language, category, place desc);
create index cards_of_brand on catalog.cards (tenant_id, language, brand, place desc);
create index cards_of_category_and_brand on catalog.cards
  (tenant_id, language, category, brand, place desc);
alter table catalog.cards add primary key (tenant_id, language, product_id);

-- Foreign keys are checked at the end: a commit that settles several requests writes table by table
-- in the order in which it first met them.
create table catalog.skus (
  tenant_id integer not null,
  sku text collate "C" not null,
  product_id uuid not null,
  options jsonb not null,
  -- Minor units.
  price_amount bigint not null check (price_amount > 0 and price_amount <= 1000000000000),
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  weight_grams integer check (weight_grams > 0),
  -- False: retired by a change of its product.
  is_sold boolean not null,
  primary key (tenant_id, sku),
  foreign key (tenant_id, product_id) references catalog.products (tenant_id, id)
    deferrable initially deferred
);

create table catalog.slugs (
  tenant_id integer not null,
  slug text collate "C" not null,
  product_id uuid not null,
  primary key (tenant_id, slug),
  foreign key (tenant_id, product_id) references catalog.products (tenant_id, id)
    deferrable initially deferred
);

create table catalog.categories (
  tenant_id integer not null,
  slug text collate "C" not null,
  parent text collate "C",
  name jsonb not null,
  position integer not null,
  primary key (tenant_id, slug),
  foreign key (tenant_id, parent) references catalog.categories (tenant_id, slug)
    deferrable initially deferred
);

create table catalog.brands (
  tenant_id integer not null,
  slug text collate "C" not null,
  name text not null,
  story jsonb not null,
  primary key (tenant_id, slug)
);

do $$
declare
  each text;
begin
  foreach each in array array['products', 'cards', 'skus', 'slugs', 'categories', 'brands'] loop
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
