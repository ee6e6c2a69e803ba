-- Items of ours in calendars that a link has left: each is removed there.
create table former_copies (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    event_id text null,
    attempt text null,
    uid text null,
    integration_id text not null references exchange_integrations (id),
    mailbox_address text not null,
    calendar_id text not null,
    item_id text null,
    since text not null,
    next_try_at text not null,
    tries integer not null,
    version integer not null
);

create index ix_former_copies_due on former_copies (next_try_at, link_id);
create index ix_former_copies_link on former_copies (link_id, next_try_at);

-- The mailbox that an admin has replaced, until the new one was opened.
alter table staff_calendar_links add column former_integration_id text null;
alter table staff_calendar_links add column former_mailbox_address text null;
