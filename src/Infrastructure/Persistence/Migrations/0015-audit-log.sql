-- What admins did: a row before each action, and one when it has ended, which names the first.
create table audit_entries (
    id text not null primary key,
    begun_id text null references audit_entries (id),
    happened_at text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    came_from text null,
    action text not null,
    subject text not null,
    note text null,
    view text null,
    outcome text null,
    refusal text null
);

create unique index ux_audit_entries_begun on audit_entries (begun_id) where begun_id is not null;
create index ix_audit_entries_time on audit_entries (happened_at, id) where begun_id is null;

-- What is written stays. Triggers are not the same in every database: these are SQLite's.
create trigger audit_entries_never_change before update on audit_entries
begin
    select raise(abort, 'The audit log is append-only.');
end;

create trigger audit_entries_never_go before delete on audit_entries
begin
    select raise(abort, 'The audit log is append-only.');
end;

-- "insert or replace" would delete without asking the trigger above.
create trigger audit_entries_never_replaced before insert on audit_entries
when exists (select 1 from audit_entries where id = new.id or begun_id = new.begun_id)
begin
    select raise(abort, 'The audit log is append-only.');
end;
