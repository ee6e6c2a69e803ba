-- Where 'migrate-to' has copied this database to, without anything secret, and when. A start on it is refused from then on: two services
-- would write into one Exchange.
alter table installation add column moved_to text null;
alter table installation add column moved_at text null;
