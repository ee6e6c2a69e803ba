-- Which texts of a copy its owner changed in Outlook: 1 the title, 2 the location. Never the texts themselves.
alter table synced_events add column differs integer not null default 0;
