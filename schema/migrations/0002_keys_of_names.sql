-- The catalogue, version 2: from a name to all it can be asked by, which joining names to actors needs, and without which
-- removing names walked the whole table.
create index name_key_by_id on name_key (id);
