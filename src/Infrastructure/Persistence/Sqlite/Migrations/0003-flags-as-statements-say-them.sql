-- Statements say true and false, as PostgreSQL wants it. To SQLite these are 1 and 0, but it uses a partial index only where the statement
-- says its condition in the same words.
drop index ix_staff_calendar_links_due;
create index ix_staff_calendar_links_due on staff_calendar_links (next_sync_at) where next_sync_at is not null and enabled = true;
drop index ix_synced_events_unsettled;
create index ix_synced_events_unsettled on synced_events (link_id) where (removal_staged = true or push_state = 'Written');
