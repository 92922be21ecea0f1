-- The catalogue, version 3: what was taken out for good stays out under another path, too.
alter table forgotten add column sha256 blob;   -- of the text; null for what was forgotten before
