-- What several nodes share. Rows that are rewritten every second are narrow, and find room on their page.

-- Work of which one node does one piece at a time, by name. A row stays when its lease ends, because its token must go on rising.
create table work_leases (
    work text collate "C" not null primary key,
    token bigint not null,
    -- The life of the node that holds it; null while nobody does.
    holder uuid null,
    held_until timestamptz null
) with (fillfactor = 60);

-- An integration's calls at once, each held by one node for a while.
create table call_slots (
    integration_id uuid not null references exchange_integrations (id),
    slot integer not null,
    holder uuid null,
    held_until timestamptz null,
    primary key (integration_id, slot)
) with (fillfactor = 60);

-- How many of them each node wants.
create table call_demands (
    integration_id uuid not null references exchange_integrations (id),
    node uuid not null,
    wanted integer not null,
    seen_at timestamptz not null,
    primary key (integration_id, node)
) with (fillfactor = 60);

-- How the node that listens to a calendar hears it.
create table link_notifications (
    link_id uuid not null primary key references staff_calendar_links (id),
    node uuid not null,
    mode text collate "C" not null,
    reason text collate "C" null,
    as_of timestamptz null
) with (fillfactor = 60);

-- Which node's queue a calendar that is due stands in. A hint: whoever works on it takes its lease.
alter table mailbox_leases
    add column claimed_by uuid null,
    add column claimed_until timestamptz null;
