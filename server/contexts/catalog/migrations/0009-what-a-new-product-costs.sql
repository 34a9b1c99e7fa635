-- Takes the tables at a moment when nobody has one of them. Commits and readers meet them in different
-- orders, so who waited here for the second would make somebody fail: PostgreSQL ends a deadlock so.
do $$
begin
  for tries in 1..500 loop
    begin
      lock table catalog.skus, catalog.products, catalog.slugs in access exclusive mode nowait;
      return;
    exception when lock_not_available then
      perform pg_sleep(0.004);
    end;
  end loop;
  raise lock_not_available using message = 'somebody is always using the tables of products';
end
$$;

-- Each new product was looked up and locked twice more. A command writes it with its SKUs and its slug in
-- one commit, and no product is ever deleted; `npm run verify` names rows whose product is not there (I15).
alter table catalog.skus drop constraint skus_tenant_id_product_id_fkey;
alter table catalog.slugs drop constraint slugs_tenant_id_product_id_fkey;

-- A product without a category is in no list of one.
drop index catalog.products_of_category;
drop index catalog.products_of_category_and_standing;
alter index catalog.products_of_category_next rename to products_of_category;
alter index catalog.products_of_category_and_standing_next
  rename to products_of_category_and_standing;

alter table catalog.products drop constraint products_pkey;
alter table catalog.products add constraint products_pkey primary key using index products_key_next;
