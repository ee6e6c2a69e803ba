-- What was asked for, and dry runs. Names and mailboxes of staff stand beside the log, so that an erasure can blank them;
-- an entry names them by their place.
alter table audit_entries add column asked text null;
alter table audit_entries add column dry_run integer not null default 0;
alter table audit_entries add column actor_name_place integer null;

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

-- Names that entries from before this version hold themselves. A reason in words may name a mailbox; the code beside it stays.
insert into audit_names (entry_id, place, staff_id, name)
select id, 0, json_extract(view, '$.staffId'), coalesce(json_extract(view, '$.staffName'), json_extract(view, '$.name'))
from audit_entries where json_extract(view, '$.staffId') is not null;

insert into audit_names (entry_id, place, staff_id, name)
select id, 1, json_extract(view, '$.staffId'), json_extract(view, '$.mailboxAddress')
from audit_entries where json_extract(view, '$.staffId') is not null and json_extract(view, '$.mailboxAddress') is not null;

drop trigger audit_entries_never_change;
drop trigger audit_entries_never_go;

update audit_entries set view = json_replace(
    json_remove(view, '$.reason', '$.lastError.reason'), '$.staffName', json('{"$name":0}'), '$.name', json('{"$name":0}'))
where json_extract(view, '$.staffId') is not null;

update audit_entries set view = json_replace(view, '$.mailboxAddress', json('{"$name":1}'))
where json_extract(view, '$.staffId') is not null and json_extract(view, '$.mailboxAddress') is not null;

-- What is written stays, but for whole months that are being removed. An action belongs to the month in which it began.
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
