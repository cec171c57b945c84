-- What import reports say in parts. Made when a store is opened, so that older stores gain the table.

-- One row per source: the message of its import report as the sentence that it was, in JSON, so that it can be said in other
-- languages. Sources that were imported before there was this table have none.
CREATE TABLE IF NOT EXISTS source_sentence (source_id INTEGER, message VARCHAR);
