-- campaign_moment: one row per date that the file writes, as UTC, or with the problem that it has. Built from: campaign_text.
-- Local dates are day-first or month-first for the whole file (campaign_order), as its own dates show.
CREATE OR REPLACE TEMP TABLE campaign_date AS
WITH told_date AS (
    SELECT changed_at AS written FROM campaign_text
    UNION ALL
    SELECT modified_at FROM campaign_text
    UNION ALL
    SELECT contact_at FROM campaign_text
),
written_date AS (
    SELECT written, count(*) AS n FROM told_date WHERE written IS NOT NULL GROUP BY written
)
SELECT *, length(part['first']) > 0 AS is_local
FROM (
    SELECT
        written, n,
        regexp_extract(
            written,
            concat(
                '^(\d{1,2})([./-])(\d{1,2})[./-](\d{4}),?',
                '(?:[\s\x{00A0}\x{202F}]+(\d{1,2}):(\d{2})(?::(\d{2}))?',
                '(?:[\s\x{00A0}\x{202F}]*([AaPp])\.?[Mm]\.?)?)?$'),
            ['first', 'separator', 'second', 'year', 'hour', 'minute', 'seconds', 'half']) AS part
    FROM written_date
) AS taken_apart;

-- campaign_order: one row. A number above 12 is a day; where none is, a 12-hour clock tells American dates.
CREATE OR REPLACE TEMP TABLE campaign_order AS
WITH evidence AS (
    SELECT
        coalesce(sum(n) FILTER (try_cast(part.first AS INTEGER) > 12), 0) AS day_first,
        coalesce(sum(n) FILTER (try_cast(part.second AS INTEGER) > 12), 0) AS month_first,
        coalesce(bool_or(part.half <> ''), false) AS has_halves,
        coalesce(bool_or(part.separator <> '.'), false) AS is_ambiguous
    FROM campaign_date
    WHERE is_local
)
SELECT
    month_first > day_first OR (month_first = day_first AND has_halves) AS is_month_first,
    is_ambiguous AND month_first = 0 AND day_first = 0 AND NOT has_halves AS is_assumed
FROM evidence;

CREATE OR REPLACE TEMP TABLE campaign_moment AS
WITH iso_date AS (
    SELECT
        written,
        CASE
            WHEN NOT is_local THEN written
            WHEN coalesce(try_cast(part.hour AS INTEGER), 0) > CASE WHEN part.half = '' THEN 23 ELSE 12 END THEN NULL
            WHEN part.half <> '' AND try_cast(part.hour AS INTEGER) = 0 THEN NULL
            ELSE concat(
                part.year, '-',
                lpad(CASE WHEN is_month_first THEN part.first ELSE part.second END, 2, '0'), '-',
                lpad(CASE WHEN is_month_first THEN part.second ELSE part.first END, 2, '0'), ' ',
                lpad(CASE lower(part.half)
                    WHEN 'a' THEN (try_cast(part.hour AS INTEGER) % 12)::VARCHAR
                    WHEN 'p' THEN (try_cast(part.hour AS INTEGER) % 12 + 12)::VARCHAR
                    ELSE part.hour
                END, 2, '0'), ':',
                coalesce(nullif(part.minute, ''), '00'), ':', coalesce(nullif(part.seconds, ''), '00'))
        END AS iso,
        CASE
            WHEN NOT is_local THEN 'year-month-day'
            WHEN is_month_first THEN 'month/day/year'
            ELSE 'day/month/year'
        END AS read_as
    FROM campaign_date CROSS JOIN campaign_order
),
read_date AS (
    SELECT
        *,
        tells_zone(iso) AS is_zoned,
        -- Only what is ISO 8601 and nothing else, of the years that the store reckons with.
        utc_of_iso(iso, $timezone) AS moment
    FROM iso_date
)
SELECT
    written,
    moment,
    moment IS NOT NULL AND NOT is_zoned AND NOT $zone_declared AS is_assumed,
    CASE
        WHEN moment IS NULL THEN concat('"', written, '" is no date and time (read as ', read_as, ')')
        WHEN NOT is_zoned AND is_skipped(try_cast(iso AS TIMESTAMP), $timezone)
            THEN concat('"', written, '" does not exist in ', $timezone, ': the clocks skip it')
    END AS problem
FROM read_date;
