-- campaign_word: one row per text in a column of words, with its meaning where it has a known one.
CREATE OR REPLACE TEMP TABLE campaign_word AS
SELECT
    unnest($names::VARCHAR[]) AS name, unnest($written::VARCHAR[]) AS written, unnest($meanings::VARCHAR[]) AS meaning;
