-- The zone that a copy was written under, where Exchange does not know the one that was booked; null as a rule.
alter table synced_events add column stand_in_zone text null;
