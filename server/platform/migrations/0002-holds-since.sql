-- When a hold began: it slides with its cart, but what a limit of its whole life (ruling 9: 60 minutes
-- before payment starts) counts from must not slide with it.
alter table platform.holds add column since timestamptz not null default clock_timestamp();
