-- How many passwords of an account Exchange has refused in a row of late, whatever the server: counted before the account is locked.
create table refused_logons (
    account_name text not null primary key,
    refusals integer not null,
    refused_at text not null
);
