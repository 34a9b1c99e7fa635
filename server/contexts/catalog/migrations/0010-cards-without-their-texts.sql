-- What a card says in every language alike is written once, and only its texts for each language. Cards
-- that are whole stay so until their products are edited.
alter table catalog.listed add column card text not null default '';
