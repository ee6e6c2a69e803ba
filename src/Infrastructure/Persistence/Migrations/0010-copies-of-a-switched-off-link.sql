-- Switched off, and the copies of appointments go from the calendar.
alter table staff_calendar_links add column removes_copies integer not null default 0;
