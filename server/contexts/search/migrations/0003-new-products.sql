-- New products have a subscription of their own: it goes on where the one got that heard of them before.
insert into platform.subscriptions (name, era, xid, position)
select 'search.new-products', era, xid, position from platform.subscriptions where name = 'search.catalog'
on conflict do nothing;
