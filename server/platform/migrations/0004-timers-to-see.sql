-- Staff see what is to happen later to an order, and what failed: the application's role reads timers
-- and dead letters of the tenant of its transaction.
grant select on platform.timers, platform.dead_letters to torg_app;

-- The primary keys are made anew, because among indexes that begin with tenant_id they must be the
-- youngest (decision 0010).
alter table platform.timers drop constraint timers_pkey;
create index timers_failing on platform.timers (tenant_id, id) where last_error is not null;
alter table platform.timers add primary key (tenant_id, id);

-- A column, because under row-level security no index of an expression on json is looked into.
alter table platform.dead_letters
  add column timer text collate "C"
    generated always as (case when source like 'timer/%' then entry ->> 'id' end) stored;
alter table platform.dead_letters drop constraint dead_letters_pkey;
create index dead_letters_of_timers on platform.dead_letters (tenant_id, timer, id)
  where timer is not null;
alter table platform.dead_letters add primary key (tenant_id, id);
