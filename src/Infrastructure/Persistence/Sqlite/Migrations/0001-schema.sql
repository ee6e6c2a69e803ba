-- The whole schema. Beside this folder there can be one for another database: the same tables and columns, in its own types.
--
-- Ids are upper-case GUID text; instants are UTC text of fixed width, so that text order is time order; days are yyyy-MM-dd;
-- booleans are 0 or 1; enums are their names. Columns compare bytewise (SQLite's default collation BINARY, PostgreSQL's "C"):
-- Exchange's ids that differ in case only are different items.
--
-- A row that belongs to another one refers to it. A row that outlives what it tells of refers to nothing, and says so here.
-- Nothing is deleted by cascade: what goes, goes by a statement that says so, children before parents.
--
-- Indexes are named ix_<table>_<what for>, unique ones ux_<table>_<what for>.

-- ---------------------------------------------------------------------------------------------------------------- the installation

-- The name of this database for life, given at its first start: another database in its place has another one. One row.
create table installation (
    one integer not null primary key check (one = 1),
    id text not null
);

-- What /health/ready writes to see that writing works; a table, and so a page, of its own. One row.
create table readiness_probe (
    one integer not null primary key check (one = 1),
    probed_at text null
);

-- What the clock said when it was last looked at, and when it last jumped. One row.
create table clock_readings (
    id integer not null primary key,
    seen_at text not null,
    jumped_at text null,
    jumped_by_seconds real not null
);

-- The nodes that work on this database. A name is taken while its node lives, or was seen within the time of a lease.
create table nodes (
    name text not null primary key,
    -- Which process it is.
    life text not null,
    started_at text not null,
    seen_at text not null,
    lives_until text not null
);

-- ----------------------------------------------------------------------------------------------------------------------- callers

-- Who may call the API. Of a key only its hash is here; the beginning, by which it is looked up, is no secret.
create table api_keys (
    id text not null primary key,
    lookup text not null,
    hash text not null,
    name text not null,
    role text not null,
    staff_id text null,
    created_at text not null,
    expires_at text null,
    revoked_at text null,
    last_used_at text null,
    version integer not null
);

create unique index ux_api_keys_lookup on api_keys (lookup);

-- Creates that were carried out. One without a request mark belongs to an appointment whose client was erased: its key stays. They outlive
-- what they made.
create table idempotency_records (
    idempotency_key text not null primary key,
    request_mark text not null,
    resource_id text not null,
    happened_at text not null
);

create index ix_idempotency_records_resource on idempotency_records (resource_id);
create index ix_idempotency_records_time on idempotency_records (happened_at);

-- ------------------------------------------------------------------------------------------------------------------ integrations

create table exchange_integrations (
    id text not null primary key,
    display_name text not null,
    server_address text not null,
    authentication text not null,
    user_name text not null,
    sealed_password text not null,
    credential_version integer not null,
    exchange_version text not null,
    use_impersonation integer not null,
    show_event_titles integer not null,
    horizon_months integer not null,
    reminder_minutes integer not null,
    -- Whose certificate is believed: certificates of authorities in PEM, or the SHA-256 of one certificate; neither: the machine's authorities.
    authority_certificates text null,
    pinned_certificate text null,
    account_calendar_id text null,
    -- How far it has come: Draft, Active, Paused or Disconnecting. A pause goes on by itself at its end; a disconnection goes on until
    -- everything of the integration is gone.
    life_cycle text not null,
    pause_reason text null,
    paused_until text null,
    disconnecting_since text null,
    -- What is known of the password: Unproven, Works, Refused or Unreadable.
    credential text not null,
    credential_reason text null,
    -- A new staff member starts switched off.
    manual_syncing integer not null,
    -- When an admin last had calendars read again from scratch.
    resync_asked_at text null,
    -- Ids that were read at another address, or in another manner of access, mean nothing under the present one.
    identity_version integer not null,
    settings_version integer not null,
    projection_version integer not null,
    version integer not null,

    -- What follows is written beside the settings, and raises no version.
    -- When the service account's password expires, as Exchange last said, and of which account and password that was said.
    password_state text null,
    password_expires_at text null,
    password_read_at text null,
    password_notice integer null,
    password_of text null,
    -- What last went wrong with what runs by itself for the integration, and has not gone well since.
    trouble_job text null,
    trouble_problem text null,
    trouble_reason text null,
    trouble_since text null,
    -- The problem that somebody was last told of: while it differs from what is stored, a line is due.
    alerted_problem text null
);

-- An integration as it is shown: life cycle and password in one word, and whether its passes and pushes run.
create view integration_states as
select exchange_integrations.*,
    case credential when 'Refused' then 'CredentialRefused' when 'Unreadable' then 'PasswordUnreadable' else life_cycle end as status,
    case when credential in ('Refused', 'Unreadable') then credential_reason when life_cycle = 'Paused' then pause_reason end as status_reason,
    case when life_cycle = 'Active' and credential not in ('Refused', 'Unreadable') then 1 else 0 end as runs
from exchange_integrations;

-- What Exchange asked for and granted, so that a restart hammers nobody and every node obeys.

-- Nothing is sent before that time: for one mailbox, or for the whole integration where the mailbox is empty.
create table exchange_pauses (
    integration_id text not null references exchange_integrations (id),
    mailbox text not null,
    asked_at text null,
    not_before text not null,
    strikes integer not null,
    reason text not null,
    -- Whether the pause was cut to an hour or lifted by an admin: then one call goes alone when it ends (1: it is to go, 2: it is under way).
    trial integer not null,
    primary key (integration_id, mailbox)
);

create table exchange_traffic (
    integration_id text not null primary key references exchange_integrations (id),
    -- When the credential was last seen to work.
    proven_version integer null,
    proven_at text null,
    -- Since when the credential circuit is open, and for which credential.
    refused_version integer null,
    refused_at text null,
    -- How many calls at once the server was found to stand.
    granted_calls integer null,
    granted_at text null,
    -- How often an admin has lifted the pauses: what a node remembers from before does not hold any more.
    lifts integer not null default 0
);

-- A credential that had worked a moment ago and was refused once: after a pause one lone call tries it again. An outcome ends it: Worked,
-- Refused or Replaced. Until then nothing else is sent before that time, which is the lone call's deadline while it is under way.
create table logon_rescues (
    id text not null primary key,
    integration_id text not null references exchange_integrations (id),
    credential_version integer not null,
    refused_at text not null,
    not_before text not null,
    under_way integer not null default 0,
    outcome text null,
    ended_at text null
);

create unique index ux_logon_rescues_pending on logon_rescues (integration_id) where outcome is null;
create index ix_logon_rescues_time on logon_rescues (integration_id, refused_at);

-- How many passwords of an account were refused of late, and where: all servers together count before the account is locked, and a server
-- that refused none cannot end the count. An account outlives its integrations.
create table refused_logons (
    account_name text not null,
    server text not null,
    refusals integer not null,
    refused_at text not null,
    primary key (account_name, server)
);

-- The latest check of many staff members of one integration.
create table rechecks (
    integration_id text not null primary key references exchange_integrations (id),
    scope text not null,
    asked_at text not null,
    links integer not null
);

-- Titles were cleared from the rows, or all of an integration was deleted: the bytes are still to be purged from the file. Outlives the
-- integration.
create table pending_purges (
    integration_id text not null primary key
);

-- -------------------------------------------------------------------------------------------------------------------------- links

create table staff_calendar_links (
    id text not null primary key,
    staff_id text not null,
    staff_name text not null,
    integration_id text not null references exchange_integrations (id),
    mailbox_address text null,
    time_zone text not null,
    enabled integer not null,
    -- Switched off, and the copies of appointments go from the calendar.
    removes_copies integer not null,
    calendar_id text null,
    calendar_checked integer not null,
    -- The mailbox opens another calendar, which was not read whole yet: what leaves with the former one is held.
    calendar_replaced integer not null,
    -- The mailbox that an admin has replaced, until the new one was opened. Its integration may be gone.
    former_integration_id text null,
    former_mailbox_address text null,
    sync_cursor text null,
    projection_version integer not null,
    identity_version integer not null,
    -- The window that was last read whole.
    window_read_on text null,
    window_start text null,
    window_end text null,
    window_read_due integer not null,
    -- Events that a nightly read found otherwise than stored, although Exchange had reported no change: how many, and when last.
    drift_events integer not null,
    drift_last_at text null,
    -- Found by the last nightly read, one line each: an item's id, and the UID of an occurrence. The next pass may still explain them.
    drift_suspects text null,
    health_state text not null,
    health_problem text null,
    health_reason text null,
    health_exchange_code text null,
    last_synced_at text null,
    next_sync_at text null,
    failures integer not null,
    -- Since when it has failed without a success in between.
    failing_since text null,
    -- When Exchange last reported a change: busy calendars are asked sooner.
    last_change_at text null,
    -- The last failure of a pass stays after the link has recovered.
    last_failure_at text null,
    last_failure_problem text null,
    last_failure_reason text null,
    last_failure_exchange_code text null,
    -- The place in the user accounts list: by state (0 error, 1 warning, 2 syncing, 3 switched off), then by the name without case and accents.
    account_group integer not null,
    name_key text not null,
    -- A check that an admin asked for is part of the next pass.
    recheck_asked_at text null,
    rechecked_at text null,
    resync_asked_at text null,
    -- An admin asked for the link to be deleted; it goes when nothing is left of what is to go from the calendar.
    deletion_asked_at text null,
    deletion_removes_copies integer not null,
    -- Raised by what an admin changes, and by no pass: the version that If-Match names.
    settings_version integer not null,
    version integer not null,
    -- Written beside the rest, and raises no version: the problem that somebody was last told of.
    alerted_problem text null
);

create unique index ux_staff_calendar_links_staff on staff_calendar_links (staff_id);
create index ix_staff_calendar_links_integration on staff_calendar_links (integration_id);
create index ix_staff_calendar_links_accounts on staff_calendar_links (integration_id, account_group, name_key, id);
create index ix_staff_calendar_links_due on staff_calendar_links (next_sync_at) where next_sync_at is not null and enabled = 1;
create index ix_staff_calendar_links_rechecks on staff_calendar_links (integration_id, recheck_asked_at) where recheck_asked_at is not null;
create index ix_staff_calendar_links_deletions on staff_calendar_links (deletion_asked_at) where deletion_asked_at is not null;
-- A second link to one calendar, or to one address, is refused, across all integrations.
create index ix_staff_calendar_links_calendar on staff_calendar_links (calendar_id) where calendar_id is not null;
create index ix_staff_calendar_links_mailbox on staff_calendar_links (lower(mailbox_address)) where mailbox_address is not null;

-- Who works on a mailbox. The row stays when the lease ends, because its token must go on rising. Not part of the link's row: taking a lease
-- must not make a plan stale, nor write a row of kilobytes.
create table mailbox_leases (
    link_id text not null primary key references staff_calendar_links (id),
    token bigint not null,
    -- The node's name; null while nobody holds the lease.
    owner text null,
    -- Which life of that node took it: a node that starts again takes its own leases back at once.
    life text null,
    held_until text null
);

-- What passes did: those that brought something in, or failed. A link keeps its latest 50.
create table sync_runs (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    started_at text not null,
    ended_at text not null,
    changes integer not null,
    problem text null
);

create index ix_sync_runs_link on sync_runs (link_id, started_at, id);
create index ix_sync_runs_time on sync_runs (ended_at);

-- A link keeps its latest 50. The event that a warning is about may be gone.
create table link_warnings (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    happened_at text not null,
    code text not null,
    reason text not null,
    event_id text null
);

create index ix_link_warnings_link on link_warnings (link_id, happened_at);

-- ------------------------------------------------------------------------------------------------------------------- appointments

create table appointments (
    id text not null primary key,
    title text not null,
    starts_at text not null,
    ends_at text not null,
    time_zone text not null,
    first_day text null,
    end_day text null,
    location text null,
    notes text null,
    client_name text null,
    client_phone text null,
    client_email text null,
    status text not null,
    -- When the client's data were erased.
    erased_at text null,
    -- Raised by each change of the times that the booking product makes.
    times_revision integer not null,
    version integer not null
);

create index ix_appointments_ended on appointments (ends_at, id);

-- Repeats the appointment's times, so that one staff member's week is one index range.
create table appointment_staff (
    appointment_id text not null references appointments (id),
    position integer not null,
    staff_id text not null,
    starts_at text not null,
    ends_at text not null,
    primary key (appointment_id, position)
);

create index ix_appointment_staff_span on appointment_staff (staff_id, ends_at, starts_at, appointment_id);

-- ------------------------------------------------------------------------------------------------------------------- synced events

create table synced_events (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    kind text not null,
    identity text not null,
    appointment_id text null references appointments (id),
    item_id text null,
    change_key text null,
    uid text null,
    original_start text null,
    starts_at text null,
    ends_at text null,
    time_zone text null,
    first_day text null,
    end_day text null,
    title text null,
    location text null,
    free_busy text not null,
    is_private integer not null,
    -- How the owner of the calendar answered a meeting.
    my_response text not null,
    projection_version integer not null,

    -- Of a copy: marks of the texts that were last written.
    title_mark text null,
    location_mark text null,
    notes_mark text null,
    push_state text not null,
    -- How many create attempts there are: rows of their own.
    attempts integer not null,
    -- The attempt that made the item.
    item_attempt text null,
    push_tries integer not null,
    next_push_at text null,
    push_failure_code text null,
    push_failure_reason text null,
    push_failure_server_code text null,
    -- Which texts its owner changed in Outlook: 1 the title, 2 the location. Never the texts themselves.
    differs integer not null,
    became_series integer not null,
    -- UID of a series that Outlook made of it, and that stayed when the copy went.
    left_series text null,
    -- The booking product took the staff member off the appointment: what is restored in Outlook brings nothing back.
    taken_away integer not null,
    -- The revision of the appointment's times that both sides last agreed on.
    times_revision integer not null,
    -- The zone that it was written under, where Exchange does not know the one that was booked; null as a rule.
    stand_in_zone text null,

    removal_staged integer not null,
    -- Held: the deletion fuse tripped, and an admin has to decide. Kept: an admin refused the removal.
    removal_hold text null,
    -- Exchange could not give the item: why, and of which version. That version is not asked for again before the window is read whole.
    unreadable_code text null,
    unreadable_key text null,
    version integer not null
);

create unique index ux_synced_events_identity on synced_events (link_id, identity);
create index ix_synced_events_item on synced_events (link_id, item_id) where item_id is not null;
-- An event that comes under a new id is found by its UID.
create index ix_synced_events_uid on synced_events (link_id, uid) where kind = 'External' and uid is not null;
create index ix_synced_events_appointment on synced_events (appointment_id) where appointment_id is not null;
create index ix_synced_events_external on synced_events (link_id, starts_at) where kind = 'External';
create index ix_synced_events_held on synced_events (link_id) where removal_hold is not null;
create index ix_synced_events_unsettled on synced_events (link_id) where (removal_staged = 1 or push_state = 'Written');
create index ix_synced_events_pushes_of_link on synced_events (link_id, next_push_at) where next_push_at is not null;
create index ix_synced_events_pushes on synced_events (next_push_at, link_id) where next_push_at is not null;

-- Each try to create a copy in Exchange, oldest first, stored before it is sent.
create table create_attempts (
    event_id text not null references synced_events (id),
    position integer not null,
    -- Travels with the item.
    id text not null,
    -- While its outcome is not known.
    deadline text null,
    -- The UID that was sent, until Exchange told the item's.
    uid text null,
    uid_is_told integer not null,
    sent_start text null,
    primary key (event_id, position)
);

-- Items of ours in calendars that a link has left, or is about to leave: each is removed there. Its event is gone, its appointment may be;
-- of a receipt it tells which appointment it is, and to a person which item stays.
create table clean_up_items (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    event_id text null,
    attempt text null,
    uid text null,
    integration_id text not null references exchange_integrations (id),
    mailbox_address text not null,
    calendar_id text not null,
    item_id text null,
    appointment_id text null,
    starts_at text null,
    since text not null,
    next_try_at text not null,
    tries integer not null,
    version integer not null
);

create index ix_clean_up_items_due on clean_up_items (next_try_at, link_id);
create index ix_clean_up_items_link on clean_up_items (link_id, next_try_at);
create index ix_clean_up_items_appointment on clean_up_items (appointment_id) where appointment_id is not null;

-- Both sides changed an appointment since the base. The event may be gone.
create table sync_conflicts (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    appointment_id text not null references appointments (id),
    event_id text not null,
    happened_at text not null,
    kept_starts_at text not null,
    kept_ends_at text not null,
    kept_time_zone text not null,
    kept_first_day text null,
    kept_end_day text null,
    lost_starts_at text not null,
    lost_ends_at text not null,
    lost_time_zone text not null,
    lost_first_day text null,
    lost_end_day text null
);

create index ix_sync_conflicts_link on sync_conflicts (link_id, happened_at);
create index ix_sync_conflicts_appointment on sync_conflicts (appointment_id);

-- What a pass removed from the booking side: counted by the deletion fuse for a day.
-- One row for each unit that left: a whole series is one, so is a cancelled appointment. No title is kept here.
create table removals (
    link_id text not null references staff_calendar_links (id),
    unit text not null,
    happened_at text not null,
    primary key (link_id, unit, happened_at)
);

create index ix_removals_recent on removals (link_id, happened_at);

-- What deletions in Exchange took away from the booking side, with what it takes to bring it back within 30 days. The title of an appointment
-- is not repeated here; that of an Exchange event is kept only while it may be shown.
create table removed_events (
    id text not null primary key,
    link_id text not null references staff_calendar_links (id),
    removed_at text not null,
    appointment_id text null references appointments (id),
    identity text not null,
    item_id text null,
    uid text null,
    original_start text null,
    starts_at text not null,
    ends_at text not null,
    time_zone text not null,
    first_day text null,
    end_day text null,
    title text null,
    location text null,
    free_busy text not null,
    is_private integer not null,
    my_response text not null,
    projection_version integer not null
);

create index ix_removed_events_link on removed_events (link_id, removed_at);
create index ix_removed_events_appointment on removed_events (appointment_id) where appointment_id is not null;

-- ---------------------------------------------------------------------------------------------------- disconnections and erasures

-- What became of disconnected integrations. These rows outlive the integration and its links, so they refer to neither.
create table disconnections (
    integration_id text not null primary key,
    display_name text not null,
    asked_at text not null,
    finished_at text null
);

create table disconnected_staff (
    integration_id text not null,
    link_id text not null,
    staff_id text not null,
    staff_name text not null,
    mailbox_address text null,
    exchange_events integer not null,
    items integer not null,
    primary key (integration_id, link_id)
);

-- Clean-up items that stay in Exchange, each with the reason.
create table leftovers (
    id text not null primary key,
    integration_id text not null,
    link_id text not null,
    mailbox_address text not null,
    appointment_id text null,
    starts_at text null,
    code text not null,
    reason text not null,
    happened_at text not null
);

create index ix_leftovers_integration on leftovers (integration_id, link_id);
create index ix_leftovers_appointment on leftovers (appointment_id) where appointment_id is not null;

-- Jobs that take personal data out: of the clients of some appointments, or of one staff member. They hold ids and counts only, and outlive
-- what they erase.
create table erasures (
    id text not null primary key,
    staff_id text null,
    asked_at text not null,
    cancels_future integer not null,
    end_asked_at text null,
    exchange_events integer not null default 0,
    items integer not null default 0,
    keys integer not null default 0,
    -- Of a staff member: what it waits for.
    waits_for text null,
    staff_erased_at text null,
    purged_at text null,
    finished_at text null
);

-- Waiting, Erased, or Kept because it is still to come.
create table erasure_appointments (
    erasure_id text not null references erasures (id),
    appointment_id text not null,
    state text not null,
    cancelled integer not null default 0,
    undo_entries integer not null default 0,
    idempotency_marks integer not null default 0,
    waits_for text null,
    primary key (erasure_id, appointment_id)
);

-- Items in Exchange that said who the client was, or that a staff member who was erased leaves behind: Waiting, Rewritten, Gone, or Left with
-- the reason's code.
create table erasure_items (
    erasure_id text not null references erasures (id),
    id text not null,
    appointment_id text null,
    staff_id text null,
    starts_at text null,
    state text not null,
    code text null,
    primary key (erasure_id, id)
);

-- ---------------------------------------------------------------------------------------------------------------------- audit log

-- What admins did: a row before each action, and one when it has ended, which names the first.
create table audit_entries (
    id text not null primary key,
    begun_id text null references audit_entries (id),
    happened_at text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    actor_name_place integer null,
    came_from text null,
    action text not null,
    subject text not null,
    asked text null,
    dry_run integer not null,
    note text null,
    view text null,
    outcome text null,
    refusal text null
);

create unique index ux_audit_entries_begun on audit_entries (begun_id) where begun_id is not null;
create index ix_audit_entries_time on audit_entries (happened_at, id) where begun_id is null;

-- Names and mailboxes of staff stand beside the log, so that an erasure can blank them; an entry names them by their place.
create table audit_names (
    entry_id text not null references audit_entries (id),
    place integer not null,
    staff_id text null,
    name text null,
    primary key (entry_id, place)
);

create index ix_audit_names_staff on audit_names (staff_id);

-- The months that are being removed; filled within the removal's own transaction only. Months are whole.
create table audit_removals (
    months_before text not null primary key check (months_before like '____-__-01T00:00:00.0000000Z')
);

-- What is written stays, but for whole months that are being removed. An action belongs to the month in which it began.
-- Triggers are not the same in every database: these are SQLite's.
create trigger audit_entries_never_change before update on audit_entries
begin
    select raise(abort, 'The audit log is append-only.');
end;

create trigger audit_entries_never_go before delete on audit_entries
when not exists (
    select 1 from audit_removals r
    where coalesce((select b.happened_at from audit_entries b where b.id = old.begun_id), old.happened_at) < r.months_before)
begin
    select raise(abort, 'The audit log is append-only.');
end;

-- "insert or replace" would delete without asking the trigger above.
create trigger audit_entries_never_replaced before insert on audit_entries
when exists (select 1 from audit_entries where id = new.id or begun_id = new.begun_id)
begin
    select raise(abort, 'The audit log is append-only.');
end;

-- Of a name nothing changes but that it goes.
create trigger audit_names_never_change before update on audit_names
when new.name is not null or new.entry_id <> old.entry_id or new.place <> old.place or new.staff_id is not old.staff_id
begin
    select raise(abort, 'The audit log is append-only.');
end;

create trigger audit_names_never_go before delete on audit_names
when not exists (
    select 1 from audit_removals r
    where (select coalesce(b.happened_at, e.happened_at) from audit_entries e left join audit_entries b on b.id = e.begun_id
        where e.id = old.entry_id) < r.months_before)
begin
    select raise(abort, 'The audit log is append-only.');
end;

create trigger audit_names_never_replaced before insert on audit_names
when exists (select 1 from audit_names where entry_id = new.entry_id and place = new.place)
begin
    select raise(abort, 'The audit log is append-only.');
end;
