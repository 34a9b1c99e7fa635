-- The primary key begins as nothing that lists ask for: with the language second, PostgreSQL read all
-- cards of a shop by it, and sorted them, for as long as it had not analyzed the table (decision 0010).
alter table catalog.cards drop constraint cards_pkey;
alter table catalog.cards add primary key (tenant_id, product_id, language);
