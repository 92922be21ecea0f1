-- Files that hold an article of which another file's is shown: its id is the source's, and both gave it. When that one
-- goes, these are read again.
create table also_in (
  id   text not null,
  file integer not null references file on delete cascade,
  primary key (id, file)
) without rowid;
create index also_in_file on also_in (file);
