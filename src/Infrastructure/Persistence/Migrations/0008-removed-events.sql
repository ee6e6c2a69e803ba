-- What deletions in Exchange took away from the booking side, with what it takes to bring it back within 30 days. The title of an appointment is
-- not repeated here; that of an Exchange event is kept only while it may be shown.
create table removed_events (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    removed_at text not null,
    appointment_id text null references appointments (id),
    identity text not null,
    item_id text null,
    uid text null,
    original_start text null,
    starts_at text not null,
    ends_at text not null,
    time_zone text not null,
    first_day text null,
    end_day text null,
    title text null,
    location text null,
    free_busy text not null,
    is_private integer not null,
    my_response text not null,
    projection_version integer not null
);

create index ix_removed_events_link on removed_events (link_id, removed_at);
