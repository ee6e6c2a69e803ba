-- A credential that had worked a moment ago and was refused once: after a pause one lone call tries it again. An outcome ends it: Worked, Refused or
-- Replaced. Until then nothing else is sent before that time, which is the lone call's deadline while it is under way.
create table logon_rescues (
    id text not null primary key,
    integration_id text not null,
    credential_version integer not null,
    refused_at text not null,
    not_before text not null,
    under_way integer not null default 0,
    outcome text,
    ended_at text
);

create unique index logon_rescues_pending on logon_rescues (integration_id) where outcome is null;
create index logon_rescues_by_time on logon_rescues (integration_id, refused_at);
