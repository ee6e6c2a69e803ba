-- What both sides of a copy had agreed on before an attempt was opened: an item of an earlier attempt knows no more. Null in attempts from
-- before this script, where only the row tells.
alter table create_attempts add column agreed_starts_at text null;
alter table create_attempts add column agreed_ends_at text null;
alter table create_attempts add column agreed_time_zone text null;
alter table create_attempts add column agreed_first_day text null;
alter table create_attempts add column agreed_end_day text null;
alter table create_attempts add column agreed_times_revision integer null;
