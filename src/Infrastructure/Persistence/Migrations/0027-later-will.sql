-- Raised by each change of the times that the booking product makes; of a copy: the revision that both sides last agreed on. What waits to be
-- moved in Exchange when this is installed was moved by the booking product, as far as anybody can tell.
alter table appointments add column times_revision integer not null default 1;
alter table synced_events add column times_revision integer not null default 1;
update synced_events set times_revision = 0
where kind = 'Copy' and exists (
    select 1 from appointments a
    where a.id = synced_events.appointment_id
        and (a.starts_at is not synced_events.starts_at or a.ends_at is not synced_events.ends_at));

-- The mailbox opens another calendar, which was not read whole yet: what leaves with the former one is held.
alter table staff_calendar_links add column calendar_replaced integer not null default 0;

-- UID of a series that Outlook made of a copy, and that stayed when the copy went.
alter table synced_events add column left_series text null;

-- An event that comes under a new id is found by its UID.
create index ix_synced_events_uid on synced_events (link_id, uid) where kind = 'External' and uid is not null;
