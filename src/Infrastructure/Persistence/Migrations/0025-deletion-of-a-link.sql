-- An admin asked for the link to be deleted; it goes when nothing is left of what is to go from the calendar.
alter table staff_calendar_links add column deletion_asked_at text null;
alter table staff_calendar_links add column deletion_removes_copies integer not null default 0;

create index ix_staff_calendar_links_deletions on staff_calendar_links (deletion_asked_at) where deletion_asked_at is not null;

-- Raised by what an admin changes, and by no pass: the version that If-Match names.
alter table staff_calendar_links add column settings_version integer not null default 1;

-- A receipt tells of a copy that goes with its link.
create index ix_former_copies_appointment on former_copies (appointment_id) where appointment_id is not null;

-- A second link to one address is refused at once.
create index ix_staff_calendar_links_mailbox on staff_calendar_links (lower(mailbox_address)) where mailbox_address is not null;
