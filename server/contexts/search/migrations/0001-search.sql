-- What products are found by. Made of the catalog and of stock, and can be made anew at any time; a
-- process that answers searches reads a shop's rows once and then what has changed (decision 0024).

create schema if not exists search;

-- A product on sale as `domain/entry.ts` describes it. It is written by deleting and inserting, so that
-- `changed_in` is always the transaction of the last change: readers ask for what changed since the
-- oldest transaction that was open when they last looked, and miss nothing.
create table search.documents (
  tenant_id integer not null,
  product_id uuid not null,
  -- JSON; null for a product that is not to be found. Text, because PostgreSQL never looks inside.
  entry text,
  version integer not null,
  changed_in xid8 not null default pg_current_xact_id()
);
create index documents_by_change on search.documents (tenant_id, changed_in, product_id);
alter table search.documents add primary key (tenant_id, product_id);

-- Whether there are units of a product, apart from what it is: it changes a thousand times as often.
create table search.availability (
  tenant_id integer not null,
  product_id uuid not null,
  is_available boolean not null,
  changed_in xid8 not null default pg_current_xact_id()
);
create index availability_by_change on search.availability (tenant_id, changed_in, product_id);
alter table search.availability add primary key (tenant_id, product_id);

-- Words a shop's people use for one another: `to` is looked for as well where `word` is sought, and
-- the other way round unless it is one-way.
create table search.synonyms (
  tenant_id integer not null,
  id uuid not null,
  words jsonb not null,
  also jsonb not null,
  is_one_way boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

-- What users bought or looked at, for their own ranking; 90 days at most.
create table search.interests (
  tenant_id integer not null,
  user_id uuid not null,
  product_id uuid not null,
  is_bought boolean not null,
  seen_at timestamptz not null
);
create index interests_by_age on search.interests (tenant_id, seen_at);
create index interests_newest on search.interests (tenant_id, user_id, seen_at desc);
alter table search.interests add primary key (tenant_id, user_id, product_id, is_bought);

-- What was sought and what came of it: a row for each query of a day and each time it was written down.
create table search.searches (
  tenant_id integer not null,
  day date not null,
  query text collate "C" not null,
  id uuid not null,
  times integer not null,
  found_nothing integer not null,
  clicks integer not null,
  primary key (tenant_id, day, query, id)
);

do $$
declare
  each text;
begin
  foreach each in array array['documents', 'availability', 'synonyms', 'interests', 'searches'] loop
    execute format('alter table search.%I enable row level security', each);
    execute format('alter table search.%I force row level security', each);
    execute format(
      'create policy tenant on search.%I
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
