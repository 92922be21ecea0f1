-- A catalogue of version 1 as spalte 0.1 wrote it: its SQL, kept word for word, and a few rows.
-- The catalogue, version 1: the truth that the Xapian index is derived from.

-- uuid, generation, analyser, models: one value a key.
create table state (
  key   text primary key,
  value text not null
) without rowid;

-- A folder or file that the user named for indexing. "Gone" is judged per root.
create table root (
  root integer primary key,
  path text not null unique,     -- absolute
  name text not null             -- last component: ids are hashed from it, so they do not depend on where a copy lies
);

-- A file below a root. One file may hold many articles.
create table file (
  file    integer primary key,
  root    integer not null references root,
  path    text not null,          -- below the root; empty where the root is the file
  size    integer not null,
  mtime   integer not null,       -- nanoseconds since 1970
  sha256  blob not null,
  outcome integer not null,       -- 0 indexed, 1 skipped, 2 failed
  reason  text not null default '',
  unique (root, path)
);

create table article (
  row             integer primary key,
  id              text not null unique,
  family          text not null default '',
  version         integer not null default 1,
  file            integer not null references file,
  path            text not null,   -- absolute, as indexed
  source          text not null default '',
  agency          text not null default '',
  byline          text not null default '',
  section         text not null default '',
  url             text not null default '',
  title           text not null default '',
  published       text not null default '',
  date_guessed    integer not null default 0,
  modified        text not null default '',
  added           text not null,
  lang            text not null default '',
  topics_given    text not null default '',   -- separated by U+001F
  words           integer not null,
  sha256          blob not null,              -- of the text
  row_version     integer not null,           -- raised with every change
  indexed_version integer not null default 0, -- the row_version that the Xapian index holds
  deleted         integer not null default 0
);
create index article_file on article (file);
create index article_dirty on article (row) where indexed_version <> row_version;
create index article_sha on article (sha256);

-- The text and what was found in it, compressed: one row an article, read only when it is shown.
create table body (
  row        integer primary key references article on delete cascade,
  text       blob not null,        -- zstd of Article::text
  paragraphs blob not null,        -- schema/annotation_codec
  annotation blob not null         -- zstd of schema/annotation_codec
);

-- A name that some article holds: kind and full name. Deterministic id (schema/terms.h).
create table name (
  id       integer primary key,    -- the 64-bit name id as a signed number
  kind     integer not null,
  text     text not null,
  wikidata text not null default ''
);

-- What a name can be asked by: the folded full name, surname, every form, acronyms.
create table name_key (
  key text not null,
  id  integer not null,
  primary key (key, id)
) without rowid;

-- Corrections by the user; never derived, kept through rebuild and dump.
create table correction (
  correction integer primary key,
  what       text not null,        -- merge, split, alias, kind
  a          text not null,
  b          text not null default '',
  made       text not null
);

create table saved_query (
  name  text primary key,
  query text not null,
  made  text not null,
  seen  integer not null default 0 -- articles with a higher row_version are new
) without rowid;

-- Articles taken out for good stay out.
create table forgotten (
  id     text primary key,
  made   text not null
) without rowid;

insert into state values ('uuid', '5bd4f1f2a3c0e6d7895b4a3c2d1e0f99'), ('generation', '3');
insert into root values (1, '/arkiv', 'arkiv');
insert into file values (1, 1, '2011/ferge.txt', 12, 0, zeroblob(32), 0, '');
insert into article (row, id, file, path, source, published, added, lang, words, sha256, row_version, indexed_version)
values (1, 'fergesak', 1, '/arkiv/2011/ferge.txt', 'Havnebladet', '2011-05-17', '2026-01-01T00:00:00', 'nb', 2, zeroblob(32), 1, 1);
-- zstd of "Ferga står.", one paragraph of body, zstd of an actor (Torstein Bråthen, a person) with one mention
insert into body values (1, x'28b52ffd200d6900004665726761207374c3a5722e0a', x'0101000c03',
  x'28b52ffd202a510100010111546f72737465696e204272c3a57468656e0001084272c3a57468656e0200000100050001000000');
insert into forgotten values ('glemt', '2026-01-02T00:00:00');
insert into saved_query values ('ferge', 'ferge kilde:Havnebladet', '2026-01-02T00:00:00', 0);
pragma user_version = 1;
