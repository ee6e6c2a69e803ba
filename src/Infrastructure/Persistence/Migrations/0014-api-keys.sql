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
