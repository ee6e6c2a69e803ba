-- When the service account's password expires, as Exchange last said, and of which account and password that was said.
alter table exchange_integrations add column password_state text null;
alter table exchange_integrations add column password_expires_at text null;
alter table exchange_integrations add column password_read_at text null;
alter table exchange_integrations add column password_notice integer null;
alter table exchange_integrations add column password_of text null;

-- Since when the credential circuit is open, and for which credential.
alter table exchange_traffic add column refused_version integer null;
alter table exchange_traffic add column refused_at text null;
