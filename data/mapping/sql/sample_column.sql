-- One row per column of a sample, by its place from 1: the rows in which it is filled, the number of its values, and the most
-- frequent of them with their rows. Built from: sample_row.
WITH cell AS (
    SELECT generate_subscripts(told, 1) AS place, unnest(told) AS word
    FROM sample_row
),
counted AS (
    SELECT place, word, count(*) AS n
    FROM cell
    GROUP BY ALL
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY place ORDER BY n DESC, word) AS place_by_n
    FROM counted
)
SELECT
    place,
    coalesce(sum(n) FILTER (word <> ''), 0)::BIGINT AS filled,
    count(*) AS distinct_values,
    list(word ORDER BY place_by_n) FILTER (place_by_n <= 50) AS words,
    list(n ORDER BY place_by_n) FILTER (place_by_n <= 50) AS counts
FROM ranked
GROUP BY place;
