-- When the client's data of an appointment were erased. An idempotency record without a request mark belongs to such an appointment: its key stays.
alter table appointments add column erased_at text null;

-- Jobs that take personal data out: of the clients of some appointments, or of one staff member. These rows refer to nothing, and hold ids and counts only.
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
    erasure_id text not null,
    appointment_id text not null,
    state text not null,
    cancelled integer not null default 0,
    undo_entries integer not null default 0,
    idempotency_marks integer not null default 0,
    waits_for text null,
    primary key (erasure_id, appointment_id)
);

-- Items in Exchange that said who the client was, or that a staff member who was erased leaves behind: Waiting, Rewritten, Gone, or Left with the reason's code.
create table erasure_items (
    erasure_id text not null,
    id text not null,
    appointment_id text null,
    staff_id text null,
    starts_at text null,
    state text not null,
    code text null,
    primary key (erasure_id, id)
);

create index ix_removed_events_appointment on removed_events (appointment_id) where appointment_id is not null;
create index ix_left_behind_appointment on left_behind (appointment_id) where appointment_id is not null;
create index ix_idempotency_records_resource on idempotency_records (resource_id);

-- What retention asks for, oldest first.
create index ix_appointments_ended on appointments (ends_at, id);
create index ix_idempotency_records_time on idempotency_records (happened_at);
create index ix_sync_runs_time on sync_runs (ended_at);
