-- Exchange could not give the item: why, and of which version. That version is not asked for again before the window is read whole.
alter table synced_events add column unreadable_code text null;
alter table synced_events add column unreadable_key text null;
