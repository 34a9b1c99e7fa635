-- What people say of products. The words are personal data: they stand here, never in the log.

create schema if not exists reviews;

create table reviews.contributions (
  tenant_id integer not null,
  id uuid not null,
  kind text collate "C" not null check (kind in ('review', 'question', 'answer')),
  product_id uuid not null,
  parent_id uuid,
  user_id uuid not null,
  -- How others are shown the author.
  name text not null,
  standing text collate "C" not null check (standing in ('anyone', 'buyer', 'staff')),
  rating integer check (rating between 1 and 5),
  title text,
  text text not null,
  language text collate "C" not null,
  status text collate "C" not null check (status in ('waiting', 'shown', 'refused')),
  because text collate "C",
  flags jsonb not null,
  -- SHA-256 of what the text says, to find the same text elsewhere.
  essence text collate "C" not null,
  helpful integer not null check (helpful >= 0),
  reports integer not null check (reports >= 0),
  version integer not null check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Sorts the worst first; a column, because policies keep expressions out of indexes.
  lowness integer generated always as (6 - rating) stored,
  check ((kind = 'review') = (rating is not null)),
  check ((kind = 'answer') = (parent_id is not null))
);
-- The oldest: PostgreSQL takes the younger of two it thinks equal (decision 0010).
create index contributions_by_status on reviews.contributions
  (tenant_id, status, created_at desc, id desc);
create index contributions_newest on reviews.contributions
  (tenant_id, product_id, kind, status, created_at desc, id desc);
create index contributions_helpful on reviews.contributions
  (tenant_id, product_id, kind, status, helpful desc, created_at desc, id desc);
create index contributions_highest on reviews.contributions
  (tenant_id, product_id, kind, status, rating desc, created_at desc, id desc);
create index contributions_lowest on reviews.contributions
  (tenant_id, product_id, kind, status, lowness desc, created_at desc, id desc);
create index contributions_of_parent on reviews.contributions
  (tenant_id, parent_id, status, created_at desc, id desc);
create index contributions_of_user on reviews.contributions
  (tenant_id, user_id, created_at desc, id desc);
create index contributions_reported on reviews.contributions
  (tenant_id, created_at desc, id desc) where status = 'shown' and reports > 0;
create index contributions_by_essence on reviews.contributions (tenant_id, essence);
alter table reviews.contributions add primary key (tenant_id, id);

-- One review per user and product: whoever gets the row in may write it.
create table reviews.written (
  tenant_id integer not null,
  product_id uuid not null,
  user_id uuid not null,
  primary key (tenant_id, product_id, user_id)
);

-- `kind` is a vote or a report; one of each for every user and contribution.
create table reviews.marks (
  tenant_id integer not null,
  contribution_id uuid not null,
  kind text collate "C" not null check (kind in ('helpful', 'report')),
  user_id uuid not null,
  because text collate "C",
  primary key (tenant_id, contribution_id, kind, user_id),
  foreign key (tenant_id, contribution_id) references reviews.contributions (tenant_id, id)
    on delete cascade deferrable initially deferred
);

create table reviews.ratings (
  tenant_id integer not null,
  product_id uuid not null,
  -- Of 1, 2, 3, 4 and 5 stars.
  counts jsonb not null,
  primary key (tenant_id, product_id)
);

create table reviews.settings (
  tenant_id integer not null,
  shows_at_once boolean not null,
  primary key (tenant_id)
);

-- Who has bought what, heard from orders.
create table reviews.purchases (
  tenant_id integer not null,
  order_id uuid not null,
  product_id uuid not null,
  user_id uuid not null
);
create index purchases_of_user on reviews.purchases (tenant_id, user_id, product_id, order_id);
alter table reviews.purchases add primary key (tenant_id, order_id, product_id);

create table reviews.paid_orders (
  tenant_id integer not null,
  order_id uuid not null,
  is_paid boolean not null,
  primary key (tenant_id, order_id)
);

do $$
declare
  each text;
begin
  foreach each in array array[
    'contributions', 'written', 'marks', 'ratings', 'settings', 'purchases', 'paid_orders'
  ] loop
    execute format('alter table reviews.%I enable row level security', each);
    execute format('alter table reviews.%I force row level security', each);
    execute format(
      'create policy tenant on reviews.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
