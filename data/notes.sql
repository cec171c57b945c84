-- What the analysts note themselves. Made when a store is opened, so that older stores gain the tables. Nothing of it changes
-- an answer, so data_version stays. All times are UTC.

CREATE SEQUENCE IF NOT EXISTS annotation_number;

-- One row per saved view: a page under a name, with the query of its address. Names are unique: data.notes sees to it.
CREATE TABLE IF NOT EXISTS saved_view (name VARCHAR, page VARCHAR, query VARCHAR, saved_at TIMESTAMP);

-- One row per annotation: something to know about a moment, or a time where ends_at is given, of one delivery, or of all
-- where delivery_id is NULL. The delivery is known by its id, so that its annotations outlive a new import of its logs.
CREATE TABLE IF NOT EXISTS annotation (
    number INTEGER, delivery_id VARCHAR, begins_at TIMESTAMP, ends_at TIMESTAMP, text VARCHAR);
