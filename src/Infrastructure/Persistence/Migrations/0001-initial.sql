-- Ids are upper-case GUID text; instants are UTC text of fixed width, so that text order is time order; days are yyyy-MM-dd;
-- booleans are 0 or 1; enums are their names. Columns compare bytewise (SQLite's default collation BINARY, PostgreSQL's "C"):
-- Exchange's ids that differ in case only are different items.
-- Nothing is deleted by cascade: what goes, goes by a statement that says so.

create table exchange_integrations (
    id text not null primary key,
    display_name text not null,
    server_address text not null,
    authentication text not null,
    user_name text not null,
    sealed_password text not null,
    credential_version integer not null,
    exchange_version text not null,
    use_impersonation integer not null,
    show_event_titles integer not null,
    horizon_months integer not null,
    reminder_minutes integer not null,
    account_calendar_id text null,
    status text not null,
    status_reason text null,
    settings_version integer not null,
    projection_version integer not null,
    version integer not null
);

create table staff_calendar_links (
    id text not null primary key,
    staff_id text not null,
    staff_name text not null,
    integration_id text not null references exchange_integrations (id),
    mailbox_address text null,
    time_zone text not null,
    enabled integer not null,
    calendar_id text null,
    calendar_checked integer not null,
    sync_cursor text null,
    projection_version integer not null,
    window_read_on text null,
    window_end text null,
    window_read_due integer not null,
    health_state text not null,
    health_problem text null,
    health_reason text null,
    health_exchange_code text null,
    last_synced_at text null,
    next_sync_at text null,
    failures integer not null,
    version integer not null,
    -- The lease is not part of the row's version: taking it must not make a plan stale.
    lease_owner text null,
    lease_token bigint not null default 0,
    lease_until text null
);

create unique index ux_staff_calendar_links_staff on staff_calendar_links (staff_id);
create index ix_staff_calendar_links_integration on staff_calendar_links (integration_id);
create index ix_staff_calendar_links_due on staff_calendar_links (next_sync_at) where next_sync_at is not null and enabled = 1;

create table appointments (
    id text not null primary key,
    title text not null,
    starts_at text not null,
    ends_at text not null,
    time_zone text not null,
    first_day text null,
    end_day text null,
    location text null,
    notes text null,
    client_name text null,
    client_phone text null,
    client_email text null,
    status text not null,
    version integer not null
);

-- Repeats the appointment's times, so that one staff member's week is one index range.
create table appointment_staff (
    appointment_id text not null references appointments (id),
    position integer not null,
    staff_id text not null,
    starts_at text not null,
    ends_at text not null,
    primary key (appointment_id, position)
);

create index ix_appointment_staff_span on appointment_staff (staff_id, ends_at, starts_at, appointment_id);

create table synced_events (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    kind text not null,
    identity text not null,
    appointment_id text null references appointments (id),
    item_id text null,
    change_key text null,
    uid text null,
    original_start text null,
    starts_at text null,
    ends_at text null,
    time_zone text null,
    first_day text null,
    end_day text null,
    title text null,
    location text null,
    free_busy text not null,
    is_private integer not null,
    projection_version integer not null,
    title_mark text null,
    location_mark text null,
    notes_mark text null,
    push_state text not null,
    -- Every create attempt, oldest first, one line each: its id, and its deadline while it is open.
    attempts text null,
    item_attempt text null,
    push_tries integer not null,
    next_push_at text null,
    push_failure_code text null,
    push_failure_reason text null,
    removal_staged integer not null,
    became_series integer not null,
    version integer not null
);

create unique index ux_synced_events_identity on synced_events (link_id, identity);
create index ix_synced_events_item on synced_events (link_id, item_id) where item_id is not null;
create index ix_synced_events_appointment on synced_events (appointment_id) where appointment_id is not null;
create index ix_synced_events_external on synced_events (link_id, starts_at) where kind = 'External';
create index ix_synced_events_unsettled on synced_events (link_id) where (removal_staged = 1 or push_state = 'Written');
create index ix_synced_events_pushes_of_link on synced_events (link_id, next_push_at) where next_push_at is not null;
create index ix_synced_events_pushes on synced_events (next_push_at, link_id) where next_push_at is not null;

create table sync_conflicts (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    appointment_id text not null references appointments (id),
    event_id text not null,
    happened_at text not null,
    kept_starts_at text not null,
    kept_ends_at text not null,
    kept_time_zone text not null,
    kept_first_day text null,
    kept_end_day text null,
    lost_starts_at text not null,
    lost_ends_at text not null,
    lost_time_zone text not null,
    lost_first_day text null,
    lost_end_day text null
);

create index ix_sync_conflicts_link on sync_conflicts (link_id, happened_at);
create index ix_sync_conflicts_appointment on sync_conflicts (appointment_id);

create table link_warnings (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    happened_at text not null,
    code text not null,
    reason text not null,
    event_id text null
);

create index ix_link_warnings_link on link_warnings (link_id, happened_at);

create table idempotency_records (
    idempotency_key text not null primary key,
    request_mark text not null,
    resource_id text not null,
    happened_at text not null
);
