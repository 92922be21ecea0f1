-- The catalogue, version 4: where an article stands in print, as libraries' scans tell it.
alter table article add column urn text not null default '';
alter table article add column issue text not null default '';
alter table article add column page text not null default '';
alter table article add column regions text not null default '';          -- of its paragraphs: x,y,width,height;…
alter table article add column confidence integer not null default -1;    -- mean of the words', 0 to 100; -1: not scanned
