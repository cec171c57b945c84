-- Chance for the simulator. Temporary: it lives as long as the cursor.

-- A number in [0, 1) that follows from the key and the purpose alone, so that a seed always tells the same story.
-- Hashed twice: hash of two values combines them by XOR, which alone would tie one purpose to the next.
CREATE OR REPLACE TEMP MACRO chance(key, purpose) AS (hash(hash(key, purpose)) >> 11)::DOUBLE / 9007199254740992;

-- Whole seconds of an exponential wait with that mean.
CREATE OR REPLACE TEMP MACRO wait_seconds(key, purpose, mean_seconds) AS
    round(-ln(1 - chance(key, purpose)) * mean_seconds)::BIGINT;

-- The moment that many seconds after another.
CREATE OR REPLACE TEMP MACRO seconds_after(moment, seconds) AS moment + to_seconds(seconds::BIGINT);

-- Minutes from the first attempt to the nth: the gaps grow from 5 minutes to 4 hours, and stay there.
CREATE OR REPLACE TEMP MACRO retry_minutes(n) AS
    CASE WHEN n < 7 THEN [0, 5, 20, 50, 110, 230][n] ELSE 470 + 240 * (n - 7) END;
