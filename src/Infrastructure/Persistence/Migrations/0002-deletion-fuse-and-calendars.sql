-- What a pass removed from the booking side: counted by the deletion fuse for a day.
-- One row for each unit that left: a whole series is one, so is a cancelled appointment. No title is kept here.
create table removals (
    link_id text not null references staff_calendar_links (id),
    unit text not null,
    happened_at text not null,
    primary key (link_id, unit, happened_at)
);

create index ix_removals_recent on removals (link_id, happened_at);

-- Held: the fuse tripped, and an admin has to decide. Kept: an admin refused the removal.
alter table synced_events add column removal_hold text null;

create index ix_synced_events_held on synced_events (link_id) where removal_hold is not null;

-- A second link to one calendar is refused, across all integrations.
create index ix_staff_calendar_links_calendar on staff_calendar_links (calendar_id) where calendar_id is not null;

-- Titles were cleared from the rows; their bytes are still to be purged from the file.
create table pending_purges (
    integration_id text not null primary key
);
