-- A pause goes on by itself at its end; a disconnection goes on until everything of the integration is gone.
alter table exchange_integrations add column paused_until text;
alter table exchange_integrations add column disconnecting_since text;

-- When an admin last had calendars read again from scratch.
alter table exchange_integrations add column resync_asked_at text;
alter table staff_calendar_links add column resync_asked_at text;

-- Ids that were read at another address, or in another manner of access, mean nothing under the present one.
alter table exchange_integrations add column identity_version integer not null default 1;
alter table staff_calendar_links add column identity_version integer not null default 1;

-- Of an item that is to go: which appointment it is, so that a person finds one that stays.
alter table former_copies add column appointment_id text;
alter table former_copies add column starts_at text;

-- What became of disconnected integrations. These rows outlive the integration and its links, so they refer to neither.
create table disconnections (
    integration_id text not null primary key,
    display_name text not null,
    asked_at text not null,
    finished_at text
);

create table disconnected_staff (
    integration_id text not null,
    link_id text not null,
    staff_id text not null,
    staff_name text not null,
    mailbox_address text,
    exchange_events integer not null,
    items integer not null,
    primary key (integration_id, link_id)
);

-- Items that stayed in Exchange, each with the reason.
create table left_behind (
    id text not null primary key,
    integration_id text not null,
    link_id text not null,
    mailbox_address text not null,
    appointment_id text,
    starts_at text,
    code text not null,
    reason text not null,
    happened_at text not null
);

create index ix_left_behind_integration on left_behind (integration_id, link_id);
