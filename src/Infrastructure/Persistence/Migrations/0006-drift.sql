-- Events that a nightly read found otherwise than stored, although Exchange had reported no change: how many, and when last.
alter table staff_calendar_links add column drift_events integer not null default 0;
alter table staff_calendar_links add column drift_last_at text null;

-- Found by the last nightly read, one line each: an item's id, and the UID of an occurrence. The next pass may still explain them.
alter table staff_calendar_links add column drift_suspects text null;
