-- postfix_time: one row per time that the file writes, with its UTC or the reason why it has none. Built from:
-- postfix_line, postfix_new_year. Many lines share a second, so this is cheaper than reading the time of every line.

-- postfix_year: one row per run of lines that one year holds for.
CREATE OR REPLACE TEMP TABLE postfix_year AS
SELECT
    line AS first_line,
    coalesce(lead(line) OVER in_order, 9223372036854775807) AS next_line,
    try_cast($first_year + sum(years) OVER in_order AS INTEGER) AS year
FROM (SELECT 0 AS line, 0 AS years UNION ALL SELECT line, years FROM postfix_new_year) AS turn
WINDOW in_order AS (ORDER BY line);

-- first_line, next_line: the lines on which the time as written is that moment; all, where it tells its own year.
CREATE OR REPLACE TEMP TABLE postfix_time AS
WITH written_time AS (
    SELECT DISTINCT
        written_at,
        CASE WHEN written_at >= 'A' THEN year END AS year,
        CASE WHEN written_at >= 'A' THEN first_line ELSE 0 END AS first_line,
        CASE WHEN written_at >= 'A' THEN next_line ELSE 9223372036854775807 END AS next_line
    FROM postfix_line JOIN postfix_year ON line >= first_line AND line < next_line
    WHERE written_at <> ''
),
read_time AS (
    SELECT
        *,
        CASE
            WHEN written_at < 'A' AND contains(written_at, 'T')
                THEN try_cast(replace(written_at, ',', '.') AS TIMESTAMP)
            ELSE try_strptime(
                concat_ws(' ', year, replace(written_at, '  ', ' ')), ['%Y %b %d %H:%M:%S', '%Y %b %d %H:%M:%S.%f'])
        END AS local_at,
        written_at < 'A' AND contains(written_at, 'T') AND tells_zone(written_at) AS is_zoned
    FROM written_time
),
-- The store reckons with the years 1970 to 2199 alone.
local_time AS (
    SELECT * REPLACE (
        CASE WHEN local_at BETWEEN '1970-01-01'::TIMESTAMP AND '2199-12-31 23:59:59.999999'::TIMESTAMP THEN local_at END
        AS local_at)
    FROM read_time
)
SELECT
    written_at, year, first_line, next_line,
    CASE
        WHEN is_zoned THEN timezone('UTC', try_cast(replace(written_at, ',', '.') AS TIMESTAMPTZ))
        WHEN $timezone = 'UTC' THEN local_at
        ELSE utc_of_local(local_at, $timezone)
    END AS logged_at,
    (year IS NOT NULL AND NOT $year_declared) OR (NOT is_zoned AND NOT $zone_declared) AS time_assumed,
    CASE
        WHEN local_at IS NULL THEN concat('"', concat_ws(' ', written_at, 'of ' || year), '" is no date and time')
        WHEN NOT is_zoned AND $timezone <> 'UTC' AND is_skipped(local_at, $timezone)
            THEN concat('"', written_at, '" does not exist in ', $timezone, ': the clocks skip it')
    END AS problem
FROM local_time;

INSERT INTO staged_rejection
SELECT line, NULL, 'no time at the start, so this is no line of a mail log'
FROM postfix_line WHERE written_at = ''
UNION ALL
SELECT line, NULL, problem
FROM postfix_line JOIN postfix_time USING (written_at)
WHERE problem IS NOT NULL AND line >= first_line AND line < next_line;
