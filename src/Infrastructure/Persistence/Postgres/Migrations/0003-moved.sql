-- Where 'migrate-to' has copied a database to, and when. It copies into PostgreSQL only, so these stay empty here; the schema is the same in
-- every database.
alter table installation
    add column moved_to text collate "C" null,
    add column moved_at timestamptz null;
