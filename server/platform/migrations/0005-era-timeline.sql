-- The timeline on which an era began: after a restore to a moment PostgreSQL is on another one, and
-- what it writes must not be taken for what was written there and is gone (decision 0017).
alter table platform.eras add column timeline integer;
update platform.eras
  set timeline = ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int;
alter table platform.eras alter column timeline set not null;
