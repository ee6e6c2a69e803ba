-- The problem that somebody was last told of: while it differs from what is stored, a line is due.
alter table staff_calendar_links add column alerted_problem text null;
alter table exchange_integrations add column alerted_problem text null;

-- What last went wrong with what runs by itself for an integration, and has not gone well since.
alter table exchange_integrations add column trouble_job text null;
alter table exchange_integrations add column trouble_problem text null;
alter table exchange_integrations add column trouble_reason text null;
alter table exchange_integrations add column trouble_since text null;
