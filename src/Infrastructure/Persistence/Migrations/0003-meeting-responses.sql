-- How the owner of a calendar answered a meeting. Events that are stored already are read again once, so that they learn it.
alter table synced_events add column my_response text not null default 'None';

update exchange_integrations set projection_version = projection_version + 1;
