-- What Exchange asked for and granted, so that a restart hammers nobody and every node obeys.

-- Nothing is sent before that time: for one mailbox, or for the whole integration where the mailbox is empty.
create table exchange_pauses (
    integration_id text not null,
    mailbox text not null,
    not_before text not null,
    strikes integer not null,
    reason text not null,
    primary key (integration_id, mailbox)
);

-- When the credential was last seen to work, and how many calls at once the server was found to stand.
create table exchange_traffic (
    integration_id text not null primary key,
    proven_version integer,
    proven_at text,
    granted_calls integer,
    granted_at text
);

-- Since when a link has failed without a success in between.
alter table staff_calendar_links add column failing_since text;

-- When Exchange last reported a change: busy calendars are asked sooner.
alter table staff_calendar_links add column last_change_at text;
