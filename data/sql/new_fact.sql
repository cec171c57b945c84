-- new_contradiction, new_engagement, new_lapse: what else the fold of a batch's messages yields, as in the store.
-- Built from: placed_event, message_course.
CREATE OR REPLACE TEMP VIEW new_contradiction AS
SELECT delivery_key, message_key, event_key, from_state, kind FROM placed_event WHERE to_state IS NULL;

CREATE OR REPLACE TEMP VIEW new_engagement AS
SELECT delivery_key, message_key, opened_at, clicked_at, test_profile
FROM message_course
WHERE opened_at IS NOT NULL;

CREATE OR REPLACE TEMP VIEW new_lapse AS
SELECT delivery_key, message_key, lapses_at FROM message_course WHERE lapses_at IS NOT NULL;
