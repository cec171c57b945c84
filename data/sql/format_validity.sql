-- format_validity: one row per format with its family, its default validity period, the longest that its system honours,
-- and whether it can tell of opens and clicks.
CREATE OR REPLACE TEMP TABLE format_validity (
    format VARCHAR, family VARCHAR, validity_hours DOUBLE, ceiling_hours DOUBLE, tells_engagement BOOLEAN);
