-- postfix_new_year: one row per place in the file where a time without a year steps from December to January, or where
-- a line that is late by a moment steps back. Built from: postfix_line.
CREATE OR REPLACE TEMP TABLE postfix_new_year AS
WITH winter_line AS (
    SELECT line, left(written_at, 6) AS day, lag(left(written_at, 6)) OVER (ORDER BY line) AS day_before
    FROM postfix_line
    WHERE starts_with(written_at, 'Dec ') OR starts_with(written_at, 'Jan ')
)
SELECT line, CASE WHEN starts_with(day, 'Jan') THEN 1 ELSE -1 END AS years
FROM winter_line
WHERE (starts_with(day, 'Jan') AND starts_with(day_before, 'Dec'))
    OR (day = 'Dec 31' AND starts_with(day_before, 'Jan') AND right(day_before, 2) IN (' 1', '01'));
