-- What several nodes share. One node works on a file, so these stay empty here; the schema is the same in every database.

-- Work of which one node does one piece at a time, by name. A row stays when its lease ends, because its token must go on rising.
create table work_leases (
    work text not null primary key,
    token bigint not null,
    -- The life of the node that holds it; null while nobody does.
    holder text null,
    held_until text null
);

-- An integration's calls at once, each held by one node for a while.
create table call_slots (
    integration_id text not null references exchange_integrations (id),
    slot integer not null,
    holder text null,
    held_until text null,
    primary key (integration_id, slot)
);

-- How many of them each node wants.
create table call_demands (
    integration_id text not null references exchange_integrations (id),
    node text not null,
    wanted integer not null,
    seen_at text not null,
    primary key (integration_id, node)
);

-- How the node that listens to a calendar hears it.
create table link_notifications (
    link_id text not null primary key references staff_calendar_links (id),
    node text not null,
    mode text not null,
    reason text null,
    as_of text null
);

-- Which node's queue a calendar that is due stands in. A hint: whoever works on it takes its lease.
alter table mailbox_leases add column claimed_by text null;
alter table mailbox_leases add column claimed_until text null;
