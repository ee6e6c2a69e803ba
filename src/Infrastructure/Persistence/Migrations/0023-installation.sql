-- The name of this database for life, given at its first start: another database in its place has another one.
create table installation (
    one integer not null primary key check (one = 1),
    id text not null
);

-- What /health/ready writes to see that writing works; a table, and so a page, of its own.
create table readiness_probe (
    one integer not null primary key check (one = 1),
    probed_at text null
);
