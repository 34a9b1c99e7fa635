-- Lists of a category or a brand ask for those that have one; a product without is in none of them.
drop index catalog.listed_of_category;
drop index catalog.listed_of_category_by_price;
drop index catalog.listed_of_category_by_rating;
drop index catalog.listed_of_brand;
drop index catalog.listed_of_brand_by_price;
drop index catalog.listed_of_brand_by_rating;

create index listed_of_category on catalog.listed (tenant_id, category, place desc)
  where category is not null;
create index listed_of_category_by_price on catalog.listed (tenant_id, category, price_place)
  where category is not null;
create index listed_of_category_by_rating on catalog.listed (tenant_id, category, rated_place)
  where category is not null;
create index listed_of_brand on catalog.listed (tenant_id, brand, place desc)
  where brand is not null;
create index listed_of_brand_by_price on catalog.listed (tenant_id, brand, price_place)
  where brand is not null;
create index listed_of_brand_by_rating on catalog.listed (tenant_id, brand, rated_place)
  where brand is not null;

-- It stays the youngest (decision 0010).
alter table catalog.listed drop constraint listed_pkey;
alter table catalog.listed add primary key (tenant_id, product_id);
