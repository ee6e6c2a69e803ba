-- Whether a pause was cut to an hour or lifted by an admin: then one call goes alone when it ends (1: it is to go, 2: it is under way).
alter table exchange_pauses add column trial integer not null default 0;
alter table exchange_pauses add column asked_at text;

-- How often an admin has lifted the pauses of the integration: what a node remembers from before does not hold any more.
alter table exchange_traffic add column lifts integer not null default 0;

-- What the clock said when it was last looked at, and when it last jumped. One row.
create table clock_readings (
    id integer not null primary key,
    seen_at text not null,
    jumped_at text,
    jumped_by_seconds real not null default 0
);

-- Start of the window that was last read whole.
alter table staff_calendar_links add column window_start text;
