-- What providers delivered, each delivery once (invariant I13). The row is written by the commit
-- that books what it says, so nothing in here waits for anything.
create table payments.inbox (
  tenant_id integer not null,
  provider text collate "C" not null,
  delivery_id text collate "C" not null,
  about text not null check (about in ('charge', 'refund', 'nothing')),
  payment_id uuid,
  received_at timestamptz not null,
  primary key (tenant_id, provider, delivery_id)
);

alter table payments.inbox enable row level security;
alter table payments.inbox force row level security;
create policy tenant on payments.inbox to torg_app
  using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));

-- Which payments the provider was asked for and when; those it has not answered are looked for.
alter table payments.summaries add column status text not null default 'pending';
alter table payments.summaries add column attempted_at timestamptz;
alter table payments.summaries drop constraint summaries_pkey;
create index summaries_unfinished on payments.summaries (tenant_id, attempted_at)
  where status = 'processing';
alter table payments.summaries add primary key (tenant_id, payment_id);
