-- The catalogue, version 7: articles are stored before their embargo ends, and are shown from then on; what was withdrawn
-- can be told.
alter table article add column embargo text not null default '';          -- as published; empty: none
-- When a version that is under embargo still takes this one's place; empty: none will (newest_of tells of the others).
alter table article add column superseded_from text not null default '';
create index article_embargo on article (embargo) where embargo <> '';

-- Versions that stood in the archive until their source withdrew them: no more than that is kept of them.
create table withdrawn_article (
  id      text primary key,
  family  text not null,
  version integer not null
) without rowid;
create index withdrawn_article_family on withdrawn_article (family);
