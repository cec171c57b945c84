-- format_validity: one row per format with its default validity period and the longest that its system honours.
CREATE OR REPLACE TEMP TABLE format_validity (format VARCHAR, validity_hours DOUBLE, ceiling_hours DOUBLE);
