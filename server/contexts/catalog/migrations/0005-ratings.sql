-- How high a product stands in lists by rating. Catalog's reaction to ratings writes it; what edits a
-- product never names it, so that an edit leaves it as it is. Of those that are alike the newest is first.
alter table catalog.listed
  add column rated integer not null default 0 check (rated between 0 and 99999),
  add column rated_place text collate "C" not null
    generated always as (lpad(rated::text, 5, '0') || '.' || place) stored;

create index listed_by_rating on catalog.listed (tenant_id, rated_place);
create index listed_of_category_by_rating on catalog.listed (tenant_id, category, rated_place);
create index listed_of_brand_by_rating on catalog.listed (tenant_id, brand, rated_place);
alter table catalog.listed drop constraint listed_pkey;
alter table catalog.listed add primary key (tenant_id, product_id);

-- What others say of a product is filled in when it is sent, behind everything else.
update catalog.cards set card = replace(card, ',"wasPrice":null,"rating":null', '');

-- Lists of staff of one standing do not walk over the others: what is archived only grows.
-- The narrower is the younger: PostgreSQL takes it where it knows nothing of the table (decision 0010).
create index products_of_standing_by_name on catalog.products (tenant_id, standing, name_key, id);
create index products_of_category_and_standing on catalog.products
  (tenant_id, category, standing, created_at desc, id desc);
alter table catalog.skus drop constraint skus_tenant_id_product_id_fkey;
alter table catalog.slugs drop constraint slugs_tenant_id_product_id_fkey;
alter table catalog.products drop constraint products_pkey;
alter table catalog.products add primary key (tenant_id, id);
alter table catalog.skus add foreign key (tenant_id, product_id)
  references catalog.products (tenant_id, id) deferrable initially deferred;
alter table catalog.slugs add foreign key (tenant_id, product_id)
  references catalog.products (tenant_id, id) deferrable initially deferred;
