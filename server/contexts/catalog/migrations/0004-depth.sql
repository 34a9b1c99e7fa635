-- More facts of a product. All of them have defaults, so that what is there already stays right.
alter table catalog.products
  add column attributes jsonb not null default '{}',
  add column option_groups jsonb not null default '[]',
  add column pictures jsonb not null default '[]',
  add column related jsonb not null default '[]',
  add column seo jsonb not null default '{"title": {}, "description": {}}',
  add column tax_category text collate "C",
  add column is_hidden boolean not null default false,
  add column visible_from timestamptz,
  add column visible_until timestamptz,
  -- How staff find it: where it stands, and its name in the shop's first language without case.
  add column standing text collate "C" not null default 'active'
    check (standing in ('active', 'hidden', 'archived')),
  add column name_key text collate "C" not null default '';

-- A SKU is a bundle or a part of bundles, never both: one row says both, and commits compare it.
alter table catalog.skus
  add column components jsonb not null default '[]',
  add column is_bundle boolean not null default false,
  add column is_component boolean not null default false,
  add constraint skus_bundle_or_part check (not (is_bundle and is_component));

alter table catalog.categories add column version integer not null default 1 check (version > 0);
alter table catalog.brands add column version integer not null default 1 check (version > 0);

create table catalog.attributes (
  tenant_id integer not null,
  code text collate "C" not null,
  kind text collate "C" not null
    check (kind in ('text', 'number', 'boolean', 'choice', 'choices', 'date')),
  name jsonb not null,
  unit text,
  choices jsonb not null,
  is_facet boolean not null,
  is_searched boolean not null,
  audience text collate "C" not null check (audience in ('everyone', 'staff')),
  version integer not null check (version > 0),
  primary key (tenant_id, code)
);

-- Both ways of reading what goes together: what a product names, and what names it.
create table catalog.related (
  tenant_id integer not null,
  product_id uuid not null,
  kind text collate "C" not null check (kind in ('similar', 'goes-with', 'instead')),
  other_id uuid not null,
  position integer not null
);
create index related_to on catalog.related (tenant_id, other_id);
alter table catalog.related add primary key (tenant_id, product_id, position);

-- The lists of staff. Keys that others point at are made anew, so that they are the youngest
-- (decision 0010).
create index products_newest on catalog.products (tenant_id, created_at desc, id desc);
create index products_of_standing on catalog.products
  (tenant_id, standing, created_at desc, id desc);
create index products_of_category on catalog.products
  (tenant_id, category, created_at desc, id desc);
create index products_by_name on catalog.products (tenant_id, name_key, id);
alter table catalog.skus drop constraint skus_tenant_id_product_id_fkey;
alter table catalog.slugs drop constraint slugs_tenant_id_product_id_fkey;
alter table catalog.products drop constraint products_pkey;
alter table catalog.products add primary key (tenant_id, id);
alter table catalog.skus add foreign key (tenant_id, product_id)
  references catalog.products (tenant_id, id) deferrable initially deferred;
alter table catalog.slugs add foreign key (tenant_id, product_id)
  references catalog.products (tenant_id, id) deferrable initially deferred;

do $$
declare
  each text;
begin
  foreach each in array array['attributes', 'related'] loop
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
