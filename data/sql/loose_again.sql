-- staged_again: what the affected loose events of other sources told before leaves; they tell anew. Built from:
-- affected_loose.
INSERT INTO staged_again SELECT source_id, line FROM affected_loose WHERE source_id <> $source_id;
