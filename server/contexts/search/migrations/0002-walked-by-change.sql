-- Indexes that are walked in the order of changes, and by nothing else. Products are looked up by their
-- key; but an index of (tenant_id, changed_in, product_id) serves that too, by the tenant alone, and while
-- both are small it may be the flatter one. PostgreSQL took it then, kept the plan, and went through all of
-- a shop for every product. A partial index serves only who says what it is limited by (decision 0010).

drop index search.documents_by_change;
create index documents_by_change on search.documents (tenant_id, changed_in, product_id)
  where changed_in > '0'::xid8;
alter table search.documents drop constraint documents_pkey;
alter table search.documents add primary key (tenant_id, product_id);

drop index search.availability_by_change;
create index availability_by_change on search.availability (tenant_id, changed_in, product_id)
  where changed_in > '0'::xid8;
alter table search.availability drop constraint availability_pkey;
alter table search.availability add primary key (tenant_id, product_id);
