-- What 0009 takes into use, made under a lock that lets everybody read: a migration is one transaction, so
-- an index cannot be made concurrently. The order of age is that of decision 0010: the narrower is the
-- younger, and the primary key is the youngest.
create index products_of_category_next on catalog.products
  (tenant_id, category, created_at desc, id desc) where category is not null;
create index products_of_category_and_standing_next on catalog.products
  (tenant_id, category, standing, created_at desc, id desc) where category is not null;
create unique index products_key_next on catalog.products (tenant_id, id);
