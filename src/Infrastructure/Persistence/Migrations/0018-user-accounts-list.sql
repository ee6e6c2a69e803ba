-- The user accounts list: by state (0 error, 1 warning, 2 syncing, 3 switched off), then by the name without case and accents, which the program fills in.
alter table staff_calendar_links add column name_key text not null default '';
alter table staff_calendar_links add column account_group integer not null default 2;

update staff_calendar_links set account_group = case
    when enabled = 0 then 3
    when health_state = 'Error' then 0
    when health_state = 'Warning' or mailbox_address is null then 1
    else 2 end;

create index ix_staff_calendar_links_accounts on staff_calendar_links (integration_id, account_group, name_key, id);

-- The last failure of a pass stays after the link has recovered.
alter table staff_calendar_links add column last_failure_at text null;
alter table staff_calendar_links add column last_failure_problem text null;
alter table staff_calendar_links add column last_failure_reason text null;
alter table staff_calendar_links add column last_failure_exchange_code text null;

-- A check that an admin asked for is part of the next pass of the link.
alter table staff_calendar_links add column recheck_asked_at text null;
alter table staff_calendar_links add column rechecked_at text null;

create index ix_staff_calendar_links_rechecks on staff_calendar_links (integration_id, recheck_asked_at) where recheck_asked_at is not null;

-- The latest check of many staff members of one integration.
create table rechecks (
    integration_id text not null primary key,
    scope text not null,
    asked_at text not null,
    links integer not null
);

-- A new staff member starts switched off.
alter table exchange_integrations add column manual_syncing integer not null default 0;

-- What passes did: those that brought something in, or failed. A link keeps its latest 50.
create table sync_runs (
    id text not null primary key,
    link_id text not null,
    started_at text not null,
    ended_at text not null,
    changes integer not null,
    problem text null
);

create index ix_sync_runs_link on sync_runs (link_id, started_at, id);
