-- The catalogue, version 5: which articles are versions of one story, and which are near-duplicates.

-- 0: a newer version of its family stands here; else how many versions the family has.
alter table article add column newest_of integer not null default 1;
-- The row_version at the last change of what the article says; what changed later are its relations alone, which the index
-- learns without analysing the text again.
alter table article add column content_version integer not null default 0;
-- The near-duplicates it stands with: the smallest of their ids; empty: it stands alone.
alter table article add column duplicates text not null default '';
-- What source and URL hash to, where the source itself tells of no family: articles of one page may be versions.
alter table article add column web_page text not null default '';
update article set content_version = row_version;
create index article_family on article (family) where family <> '';
create index article_web_page on article (web_page) where web_page <> '';
create index article_duplicates on article (duplicates) where duplicates <> '';

-- What near-duplicates are told by: the smallest hashes of an article's shingles, ascending, 4 bytes each, little-endian.
create table sketch (
  row      integer primary key references article on delete cascade,
  shingles integer not null,       -- distinct ones in the whole text
  hashes   blob not null
);

-- The first hashes of each sketch: articles that share one are compared.
create table sketch_key (
  hash integer not null,
  row  integer not null,
  primary key (hash, row)
) without rowid;

-- Articles whose relations have to be found (again).
create table unrelated (
  row integer primary key
);
insert into unrelated select row from article;

-- Stories that were withdrawn (pubStatus canceled): versions up to this one are taken out, and stay out.
create table withdrawn (
  family  text primary key,
  version integer not null
) without rowid;
