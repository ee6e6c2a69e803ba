-- The booking product took the staff member off the appointment: what is restored in Outlook brings nothing back.
alter table synced_events add column taken_away integer not null default 0;
