-- The whole schema on PostgreSQL: the same tables, columns and index names as beside this folder for SQLite, in native types.
--
-- Every text column compares bytewise, by collation "C": Exchange's ids that differ in case only are different items, and no update of the
-- operating system changes an order that an index was made in. Enums are their names.
--
-- A row that belongs to another one refers to it. A row that outlives what it tells of refers to nothing, and says so here.
-- Nothing is deleted by cascade: what goes, goes by a statement that says so, children before parents.
--
-- Indexes are named ix_<table>_<what for>, unique ones ux_<table>_<what for>.

-- ---------------------------------------------------------------------------------------------------------------- the installation

-- The name of this database for life, given at its first start: another database in its place has another one. One row.
create table installation (
    one integer not null primary key check (one = 1),
    id uuid not null
);

-- What /health/ready writes to see that writing works; a table, and so a page, of its own. One row.
create table readiness_probe (
    one integer not null primary key check (one = 1),
    probed_at timestamptz null
);

-- What the clock said when it was last looked at, and when it last jumped. One row.
create table clock_readings (
    id integer not null primary key,
    seen_at timestamptz not null,
    jumped_at timestamptz null,
    jumped_by_seconds double precision not null
);

-- The nodes that work on this database. A name is taken while its node lives, or was seen within the time of a lease.
create table nodes (
    name text collate "C" not null primary key,
    -- Which process it is.
    life uuid not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    lives_until timestamptz not null
);

-- ----------------------------------------------------------------------------------------------------------------------- callers

-- Who may call the API. Of a key only its hash is here; the beginning, by which it is looked up, is no secret.
create table api_keys (
    id uuid not null primary key,
    lookup text collate "C" not null,
    hash text collate "C" not null,
    name text collate "C" not null,
    role text collate "C" not null,
    staff_id text collate "C" null,
    created_at timestamptz not null,
    expires_at timestamptz null,
    revoked_at timestamptz null,
    last_used_at timestamptz null,
    version integer not null
);

create unique index ux_api_keys_lookup on api_keys (lookup);

-- Creates that were carried out. One without a request mark belongs to an appointment whose client was erased: its key stays. They outlive
-- what they made.
create table idempotency_records (
    idempotency_key text collate "C" not null primary key,
    request_mark text collate "C" not null,
    resource_id uuid not null,
    happened_at timestamptz not null
);

create index ix_idempotency_records_resource on idempotency_records (resource_id);
create index ix_idempotency_records_time on idempotency_records (happened_at);

-- ------------------------------------------------------------------------------------------------------------------ integrations

create table exchange_integrations (
    id uuid not null primary key,
    display_name text collate "C" not null,
    server_address text collate "C" not null,
    authentication text collate "C" not null,
    user_name text collate "C" not null,
    sealed_password text collate "C" not null,
    credential_version integer not null,
    exchange_version text collate "C" not null,
    use_impersonation boolean not null,
    show_event_titles boolean not null,
    horizon_months integer not null,
    reminder_minutes integer not null,
    -- Whose certificate is believed: certificates of authorities in PEM, or the SHA-256 of one certificate; neither: the machine's authorities.
    authority_certificates text collate "C" null,
    pinned_certificate text collate "C" null,
    account_calendar_id text collate "C" null,
    -- How far it has come: Draft, Active, Paused or Disconnecting. A pause goes on by itself at its end; a disconnection goes on until
    -- everything of the integration is gone.
    life_cycle text collate "C" not null,
    pause_reason text collate "C" null,
    paused_until timestamptz null,
    disconnecting_since timestamptz null,
    -- What is known of the password: Unproven, Works, Refused or Unreadable.
    credential text collate "C" not null,
    credential_reason text collate "C" null,
    -- A new staff member starts switched off.
    manual_syncing boolean not null,
    -- When an admin last had calendars read again from scratch.
    resync_asked_at timestamptz null,
    -- Ids that were read at another address, or in another manner of access, mean nothing under the present one.
    identity_version integer not null,
    settings_version integer not null,
    projection_version integer not null,
    version integer not null,

    -- What follows is written beside the settings, and raises no version.
    -- When the service account's password expires, as Exchange last said, and of which account and password that was said.
    password_state text collate "C" null,
    password_expires_at timestamptz null,
    password_read_at timestamptz null,
    password_notice integer null,
    password_of text collate "C" null,
    -- What last went wrong with what runs by itself for the integration, and has not gone well since.
    trouble_job text collate "C" null,
    trouble_problem text collate "C" null,
    trouble_reason text collate "C" null,
    trouble_since timestamptz null,
    -- The problem that somebody was last told of: while it differs from what is stored, a line is due.
    alerted_problem text collate "C" null
);

-- An integration as it is shown: life cycle and password in one word, and whether its passes and pushes run.
create view integration_states as
select exchange_integrations.*,
    case credential when 'Refused' then 'CredentialRefused' when 'Unreadable' then 'PasswordUnreadable' else life_cycle end as status,
    case when credential in ('Refused', 'Unreadable') then credential_reason when life_cycle = 'Paused' then pause_reason end as status_reason,
    case when life_cycle = 'Active' and credential not in ('Refused', 'Unreadable') then true else false end as runs
from exchange_integrations;

-- What Exchange asked for and granted, so that a restart hammers nobody and every node obeys.

-- Nothing is sent before that time: for one mailbox, or for the whole integration where the mailbox is empty.
create table exchange_pauses (
    integration_id uuid not null references exchange_integrations (id),
    mailbox text collate "C" not null,
    asked_at timestamptz null,
    not_before timestamptz not null,
    strikes integer not null,
    reason text collate "C" not null,
    -- Whether the pause was cut to an hour or lifted by an admin: then one call goes alone when it ends (1: it is to go, 2: it is under way).
    trial integer not null,
    primary key (integration_id, mailbox)
);

create table exchange_traffic (
    integration_id uuid not null primary key references exchange_integrations (id),
    -- When the credential was last seen to work.
    proven_version integer null,
    proven_at timestamptz null,
    -- Since when the credential circuit is open, and for which credential.
    refused_version integer null,
    refused_at timestamptz null,
    -- How many calls at once the server was found to stand.
    granted_calls integer null,
    granted_at timestamptz null,
    -- How often an admin has lifted the pauses: what a node remembers from before does not hold any more.
    lifts integer not null default 0
);

-- A credential that had worked a moment ago and was refused once: after a pause one lone call tries it again. An outcome ends it: Worked,
-- Refused or Replaced. Until then nothing else is sent before that time, which is the lone call's deadline while it is under way.
create table logon_rescues (
    id uuid not null primary key,
    integration_id uuid not null references exchange_integrations (id),
    credential_version integer not null,
    refused_at timestamptz not null,
    not_before timestamptz not null,
    under_way boolean not null default false,
    outcome text collate "C" null,
    ended_at timestamptz null
);

create unique index ux_logon_rescues_pending on logon_rescues (integration_id) where outcome is null;
create index ix_logon_rescues_time on logon_rescues (integration_id, refused_at);

-- How many passwords of an account were refused of late, and where: all servers together count before the account is locked, and a server
-- that refused none cannot end the count. An account outlives its integrations.
create table refused_logons (
    account_name text collate "C" not null,
    server text collate "C" not null,
    refusals integer not null,
    refused_at timestamptz not null,
    primary key (account_name, server)
);

-- The latest check of many staff members of one integration.
create table rechecks (
    integration_id uuid not null primary key references exchange_integrations (id),
    scope text collate "C" not null,
    asked_at timestamptz not null,
    links integer not null
);

-- Titles were cleared from the rows, or all of an integration was deleted: the bytes are still to be purged from the file. Outlives the
-- integration.
create table pending_purges (
    integration_id uuid not null primary key
);

-- -------------------------------------------------------------------------------------------------------------------------- links

create table staff_calendar_links (
    id uuid not null primary key,
    staff_id text collate "C" not null,
    staff_name text collate "C" not null,
    integration_id uuid not null references exchange_integrations (id),
    mailbox_address text collate "C" null,
    time_zone text collate "C" not null,
    enabled boolean not null,
    -- Switched off, and the copies of appointments go from the calendar.
    removes_copies boolean not null,
    calendar_id text collate "C" null,
    calendar_checked boolean not null,
    -- The mailbox opens another calendar, which was not read whole yet: what leaves with the former one is held.
    calendar_replaced boolean not null,
    -- The mailbox that an admin has replaced, until the new one was opened. Its integration may be gone.
    former_integration_id uuid null,
    former_mailbox_address text collate "C" null,
    sync_cursor text collate "C" null,
    projection_version integer not null,
    identity_version integer not null,
    -- The window that was last read whole.
    window_read_on date null,
    window_start timestamptz null,
    window_end timestamptz null,
    window_read_due boolean not null,
    -- Events that a nightly read found otherwise than stored, although Exchange had reported no change: how many, and when last.
    drift_events integer not null,
    drift_last_at timestamptz null,
    -- Found by the last nightly read, one line each: an item's id, and the UID of an occurrence. The next pass may still explain them.
    drift_suspects text collate "C" null,
    health_state text collate "C" not null,
    health_problem text collate "C" null,
    health_reason text collate "C" null,
    health_exchange_code text collate "C" null,
    last_synced_at timestamptz null,
    next_sync_at timestamptz null,
    failures integer not null,
    -- Since when it has failed without a success in between.
    failing_since timestamptz null,
    -- When Exchange last reported a change: busy calendars are asked sooner.
    last_change_at timestamptz null,
    -- The last failure of a pass stays after the link has recovered.
    last_failure_at timestamptz null,
    last_failure_problem text collate "C" null,
    last_failure_reason text collate "C" null,
    last_failure_exchange_code text collate "C" null,
    -- The place in the user accounts list: by state (0 error, 1 warning, 2 syncing, 3 switched off), then by the name without case and accents.
    account_group integer not null,
    name_key text collate "C" not null,
    -- A check that an admin asked for is part of the next pass.
    recheck_asked_at timestamptz null,
    rechecked_at timestamptz null,
    resync_asked_at timestamptz null,
    -- An admin asked for the link to be deleted; it goes when nothing is left of what is to go from the calendar.
    deletion_asked_at timestamptz null,
    deletion_removes_copies boolean not null,
    -- Raised by what an admin changes, and by no pass: the version that If-Match names.
    settings_version integer not null,
    version integer not null,
    -- Written beside the rest, and raises no version: the problem that somebody was last told of.
    alerted_problem text collate "C" null
);

create unique index ux_staff_calendar_links_staff on staff_calendar_links (staff_id);
create index ix_staff_calendar_links_integration on staff_calendar_links (integration_id);
create index ix_staff_calendar_links_accounts on staff_calendar_links (integration_id, account_group, name_key, id);
create index ix_staff_calendar_links_due on staff_calendar_links (next_sync_at) where next_sync_at is not null and enabled = true;
create index ix_staff_calendar_links_rechecks on staff_calendar_links (integration_id, recheck_asked_at) where recheck_asked_at is not null;
create index ix_staff_calendar_links_deletions on staff_calendar_links (deletion_asked_at) where deletion_asked_at is not null;
-- A second link to one calendar, or to one address, is refused, across all integrations.
create index ix_staff_calendar_links_calendar on staff_calendar_links (calendar_id) where calendar_id is not null;
create index ix_staff_calendar_links_mailbox on staff_calendar_links (lower(mailbox_address)) where mailbox_address is not null;

-- Who works on a mailbox. The row stays when the lease ends, because its token must go on rising. Not part of the link's row: taking a lease
-- must not make a plan stale, nor write a row of kilobytes.
create table mailbox_leases (
    link_id uuid not null primary key references staff_calendar_links (id),
    token bigint not null,
    -- The node's name; null while nobody holds the lease.
    owner text collate "C" null,
    -- Which life of that node took it: a node that starts again takes its own leases back at once.
    life uuid null,
    -- In no index: a heartbeat that changes no indexed column stays on its page, where room is left for it.
    held_until timestamptz null
) with (fillfactor = 60);

-- What passes did: those that brought something in, or failed. A link keeps its latest 50.
create table sync_runs (
    id uuid not null primary key,
    link_id uuid not null references staff_calendar_links (id),
    started_at timestamptz not null,
    ended_at timestamptz not null,
    changes integer not null,
    problem text collate "C" null
);

create index ix_sync_runs_link on sync_runs (link_id, started_at, id);
create index ix_sync_runs_time on sync_runs (ended_at);

-- A link keeps its latest 50. The event that a warning is about may be gone.
create table link_warnings (
    id uuid not null primary key,
    link_id uuid not null references staff_calendar_links (id),
    happened_at timestamptz not null,
    code text collate "C" not null,
    reason text collate "C" not null,
    event_id uuid null
);

create index ix_link_warnings_link on link_warnings (link_id, happened_at);

-- ------------------------------------------------------------------------------------------------------------------- appointments

create table appointments (
    id uuid not null primary key,
    title text collate "C" not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text collate "C" not null,
    first_day date null,
    end_day date null,
    location text collate "C" null,
    notes text collate "C" null,
    client_name text collate "C" null,
    client_phone text collate "C" null,
    client_email text collate "C" null,
    status text collate "C" not null,
    -- When the client's data were erased.
    erased_at timestamptz null,
    -- Raised by each change of the times that the booking product makes.
    times_revision integer not null,
    version integer not null
);

create index ix_appointments_ended on appointments (ends_at, id);

-- Repeats the appointment's times, so that one staff member's week is one index range.
create table appointment_staff (
    appointment_id uuid not null references appointments (id),
    position integer not null,
    staff_id text collate "C" not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    primary key (appointment_id, position)
);

create index ix_appointment_staff_span on appointment_staff (staff_id, ends_at, starts_at, appointment_id);

-- ------------------------------------------------------------------------------------------------------------------- synced events

create table synced_events (
    id uuid not null primary key,
    link_id uuid not null references staff_calendar_links (id),
    kind text collate "C" not null,
    identity text collate "C" not null,
    appointment_id uuid null references appointments (id),
    item_id text collate "C" null,
    change_key text collate "C" null,
    uid text collate "C" null,
    original_start timestamptz null,
    starts_at timestamptz null,
    ends_at timestamptz null,
    time_zone text collate "C" null,
    first_day date null,
    end_day date null,
    title text collate "C" null,
    location text collate "C" null,
    free_busy text collate "C" not null,
    is_private boolean not null,
    -- How the owner of the calendar answered a meeting.
    my_response text collate "C" not null,
    projection_version integer not null,

    -- Of a copy: marks of the texts that were last written.
    title_mark text collate "C" null,
    location_mark text collate "C" null,
    notes_mark text collate "C" null,
    push_state text collate "C" not null,
    -- How many create attempts there are: rows of their own.
    attempts integer not null,
    -- The attempt that made the item.
    item_attempt uuid null,
    push_tries integer not null,
    next_push_at timestamptz null,
    push_failure_code text collate "C" null,
    push_failure_reason text collate "C" null,
    push_failure_server_code text collate "C" null,
    -- Which texts its owner changed in Outlook: 1 the title, 2 the location. Never the texts themselves.
    differs integer not null,
    became_series boolean not null,
    -- UID of a series that Outlook made of it, and that stayed when the copy went.
    left_series text collate "C" null,
    -- The booking product took the staff member off the appointment: what is restored in Outlook brings nothing back.
    taken_away boolean not null,
    -- The revision of the appointment's times that both sides last agreed on.
    times_revision integer not null,
    -- The zone that it was written under, where Exchange does not know the one that was booked; null as a rule.
    stand_in_zone text collate "C" null,

    removal_staged boolean not null,
    -- Held: the deletion fuse tripped, and an admin has to decide. Kept: an admin refused the removal.
    removal_hold text collate "C" null,
    -- Exchange could not give the item: why, and of which version. That version is not asked for again before the window is read whole.
    unreadable_code text collate "C" null,
    unreadable_key text collate "C" null,
    version integer not null
);

create unique index ux_synced_events_identity on synced_events (link_id, identity);
create index ix_synced_events_item on synced_events (link_id, item_id) where item_id is not null;
-- An event that comes under a new id is found by its UID.
create index ix_synced_events_uid on synced_events (link_id, uid) where kind = 'External' and uid is not null;
create index ix_synced_events_appointment on synced_events (appointment_id) where appointment_id is not null;
create index ix_synced_events_external on synced_events (link_id, starts_at) where kind = 'External';
create index ix_synced_events_held on synced_events (link_id) where removal_hold is not null;
create index ix_synced_events_unsettled on synced_events (link_id) where (removal_staged = true or push_state = 'Written');
create index ix_synced_events_pushes_of_link on synced_events (link_id, next_push_at) where next_push_at is not null;
create index ix_synced_events_pushes on synced_events (next_push_at, link_id) where next_push_at is not null;

-- Each try to create a copy in Exchange, oldest first, stored before it is sent.
create table create_attempts (
    event_id uuid not null references synced_events (id),
    position integer not null,
    -- Travels with the item.
    id uuid not null,
    -- While its outcome is not known.
    deadline timestamptz null,
    -- The UID that was sent, until Exchange told the item's.
    uid text collate "C" null,
    uid_is_told boolean not null,
    sent_start timestamptz null,
    -- What both sides of a copy had agreed on before the attempt was opened: an item of an earlier attempt knows no more.
    agreed_starts_at timestamptz null,
    agreed_ends_at timestamptz null,
    agreed_time_zone text collate "C" null,
    agreed_first_day date null,
    agreed_end_day date null,
    agreed_times_revision integer null,
    primary key (event_id, position)
);

-- Items of ours in calendars that a link has left, or is about to leave: each is removed there. Its event is gone, its appointment may be;
-- of a receipt it tells which appointment it is, and to a person which item stays.
create table clean_up_items (
    id uuid not null primary key,
    link_id uuid not null references staff_calendar_links (id),
    event_id uuid null,
    attempt uuid null,
    uid text collate "C" null,
    integration_id uuid not null references exchange_integrations (id),
    mailbox_address text collate "C" not null,
    calendar_id text collate "C" not null,
    item_id text collate "C" null,
    appointment_id uuid null,
    starts_at timestamptz null,
    since timestamptz not null,
    next_try_at timestamptz not null,
    tries integer not null,
    version integer not null
);

create index ix_clean_up_items_due on clean_up_items (next_try_at, link_id);
create index ix_clean_up_items_link on clean_up_items (link_id, next_try_at);
create index ix_clean_up_items_appointment on clean_up_items (appointment_id) where appointment_id is not null;

-- Both sides changed an appointment since the base. The event may be gone.
create table sync_conflicts (
    id uuid not null primary key,
    link_id uuid not null references staff_calendar_links (id),
    appointment_id uuid not null references appointments (id),
    event_id uuid not null,
    happened_at timestamptz not null,
    kept_starts_at timestamptz not null,
    kept_ends_at timestamptz not null,
    kept_time_zone text collate "C" not null,
    kept_first_day date null,
    kept_end_day date null,
    lost_starts_at timestamptz not null,
    lost_ends_at timestamptz not null,
    lost_time_zone text collate "C" not null,
    lost_first_day date null,
    lost_end_day date null
);

create index ix_sync_conflicts_link on sync_conflicts (link_id, happened_at);
create index ix_sync_conflicts_appointment on sync_conflicts (appointment_id);

-- What a pass removed from the booking side: counted by the deletion fuse for a day.
-- One row for each unit that left: a whole series is one, so is a cancelled appointment. No title is kept here.
create table removals (
    link_id uuid not null references staff_calendar_links (id),
    unit text collate "C" not null,
    happened_at timestamptz not null,
    primary key (link_id, unit, happened_at)
);

create index ix_removals_recent on removals (link_id, happened_at);

-- What deletions in Exchange took away from the booking side, with what it takes to bring it back within 30 days. The title of an appointment
-- is not repeated here; that of an Exchange event is kept only while it may be shown.
create table removed_events (
    id uuid not null primary key,
    link_id uuid not null references staff_calendar_links (id),
    removed_at timestamptz not null,
    appointment_id uuid null references appointments (id),
    identity text collate "C" not null,
    item_id text collate "C" null,
    uid text collate "C" null,
    original_start timestamptz null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text collate "C" not null,
    first_day date null,
    end_day date null,
    title text collate "C" null,
    location text collate "C" null,
    free_busy text collate "C" not null,
    is_private boolean not null,
    my_response text collate "C" not null,
    projection_version integer not null
);

create index ix_removed_events_link on removed_events (link_id, removed_at);
create index ix_removed_events_appointment on removed_events (appointment_id) where appointment_id is not null;

-- ---------------------------------------------------------------------------------------------------- disconnections and erasures

-- What became of disconnected integrations. These rows outlive the integration and its links, so they refer to neither.
create table disconnections (
    integration_id uuid not null primary key,
    display_name text collate "C" not null,
    asked_at timestamptz not null,
    finished_at timestamptz null
);

create table disconnected_staff (
    integration_id uuid not null,
    link_id uuid not null,
    staff_id text collate "C" not null,
    staff_name text collate "C" not null,
    mailbox_address text collate "C" null,
    exchange_events integer not null,
    items integer not null,
    primary key (integration_id, link_id)
);

-- Clean-up items that stay in Exchange, each with the reason.
create table leftovers (
    id uuid not null primary key,
    integration_id uuid not null,
    link_id uuid not null,
    mailbox_address text collate "C" not null,
    appointment_id uuid null,
    starts_at timestamptz null,
    code text collate "C" not null,
    reason text collate "C" not null,
    happened_at timestamptz not null
);

create index ix_leftovers_integration on leftovers (integration_id, link_id);
create index ix_leftovers_appointment on leftovers (appointment_id) where appointment_id is not null;

-- Jobs that take personal data out: of the clients of some appointments, or of one staff member. They hold ids and counts only, and outlive
-- what they erase.
create table erasures (
    id uuid not null primary key,
    staff_id text collate "C" null,
    asked_at timestamptz not null,
    cancels_future boolean not null,
    end_asked_at timestamptz null,
    exchange_events integer not null default 0,
    items integer not null default 0,
    keys integer not null default 0,
    -- Of a staff member: what it waits for.
    waits_for text collate "C" null,
    staff_erased_at timestamptz null,
    purged_at timestamptz null,
    finished_at timestamptz null
);

-- Waiting, Erased, or Kept because it is still to come.
create table erasure_appointments (
    erasure_id uuid not null references erasures (id),
    appointment_id uuid not null,
    state text collate "C" not null,
    cancelled boolean not null default false,
    undo_entries integer not null default 0,
    idempotency_marks integer not null default 0,
    waits_for text collate "C" null,
    primary key (erasure_id, appointment_id)
);

-- Items in Exchange that said who the client was, or that a staff member who was erased leaves behind: Waiting, Rewritten, Gone, or Left with
-- the reason's code.
create table erasure_items (
    erasure_id uuid not null references erasures (id),
    id uuid not null,
    appointment_id uuid null,
    staff_id text collate "C" null,
    starts_at timestamptz null,
    state text collate "C" not null,
    code text collate "C" null,
    primary key (erasure_id, id)
);

-- ---------------------------------------------------------------------------------------------------------------------- audit log

-- What admins did: a row before each action, and one when it has ended, which names the first.
create table audit_entries (
    id uuid not null primary key,
    begun_id uuid null references audit_entries (id),
    happened_at timestamptz not null,
    actor_kind text collate "C" not null,
    actor_id text collate "C" not null,
    actor_name text collate "C" not null,
    actor_name_place integer null,
    came_from text collate "C" null,
    action text collate "C" not null,
    subject text collate "C" not null,
    asked text collate "C" null,
    dry_run boolean not null,
    note text collate "C" null,
    view text collate "C" null,
    outcome text collate "C" null,
    refusal text collate "C" null
);

create unique index ux_audit_entries_begun on audit_entries (begun_id) where begun_id is not null;
create index ix_audit_entries_time on audit_entries (happened_at, id) where begun_id is null;

-- Names and mailboxes of staff stand beside the log, so that an erasure can blank them; an entry names them by their place.
create table audit_names (
    entry_id uuid not null references audit_entries (id),
    place integer not null,
    staff_id text collate "C" null,
    name text collate "C" null,
    primary key (entry_id, place)
);

create index ix_audit_names_staff on audit_names (staff_id);

-- The months that are being removed; filled within the removal's own transaction only. Months are whole.
create table audit_removals (
    months_before timestamptz not null primary key
        check (months_before = date_trunc('month', months_before at time zone 'UTC') at time zone 'UTC')
);

-- What is written stays, but for whole months that are being removed. An action belongs to the month in which it began.
create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The audit log is append-only.';
end $$;

create trigger audit_entries_never_change before update on audit_entries
    for each row execute function audit_log_is_append_only();
create trigger audit_entries_never_emptied before truncate on audit_entries
    for each statement execute function audit_log_is_append_only();
create trigger audit_names_never_emptied before truncate on audit_names
    for each statement execute function audit_log_is_append_only();

create function audit_entry_goes() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from audit_removals r
        where coalesce((select b.happened_at from audit_entries b where b.id = old.begun_id), old.happened_at) < r.months_before)
    then
        raise exception 'The audit log is append-only.';
    end if;
    return old;
end $$;

create trigger audit_entries_never_go before delete on audit_entries
    for each row execute function audit_entry_goes();

-- Of a name nothing changes but that it goes.
create trigger audit_names_never_change before update on audit_names
    for each row
    when (new.name is not null or new.entry_id <> old.entry_id or new.place <> old.place or new.staff_id is distinct from old.staff_id)
    execute function audit_log_is_append_only();

create function audit_name_goes() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from audit_removals r
        where (select coalesce(b.happened_at, e.happened_at) from audit_entries e left join audit_entries b on b.id = e.begun_id
            where e.id = old.entry_id) < r.months_before)
    then
        raise exception 'The audit log is append-only.';
    end if;
    return old;
end $$;

create trigger audit_names_never_go before delete on audit_names
    for each row execute function audit_name_goes();
