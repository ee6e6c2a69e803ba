-- How many passwords of an account were refused of late, and where: all servers together count before the account is locked, and a server that
-- refused none cannot end the count.
create table refused_logons (
    account_name text not null,
    server text not null,
    refusals integer not null,
    refused_at text not null,
    primary key (account_name, server)
);
