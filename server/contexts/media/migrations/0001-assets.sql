-- The pictures of each shop. Their files are in the store of blobs, under the name of the id.

create schema if not exists media;

create table media.assets (
  tenant_id integer not null,
  id uuid not null,
  kind text not null check (kind in ('picture', 'drawing')),
  -- Of what was given.
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer not null check (bytes > 0),
  -- As it is shown.
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  color text not null check (color ~ '^#[0-9a-f]{6}$'),
  -- 16 pixels wide, as base64 of WebP.
  preview text,
  -- Of a drawing of our own: the drawing.
  drawing text,
  alt jsonb not null check (jsonb_typeof(alt) = 'object'),
  created_at timestamptz not null
);

create index assets_newest on media.assets (tenant_id, created_at desc, id desc);
-- No shop has a file twice (MEDIA-3).
create unique index assets_by_file on media.assets (tenant_id, sha256);
-- The last, so that lists do not read by it (decision 0010).
alter table media.assets add primary key (tenant_id, id);

do $$
declare
  each text;
begin
  foreach each in array array['assets'] loop
    execute format('alter table media.%I enable row level security', each);
    execute format('alter table media.%I force row level security', each);
    execute format(
      'create policy tenant on media.%I to torg_app
         using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))
         with check (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))',
      each);
  end loop;
end
$$;
