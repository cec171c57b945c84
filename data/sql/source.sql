-- source: the row of the file being imported, before it is read.
INSERT INTO source BY NAME
SELECT
    $source_id AS source_id, $name AS name, $format AS format, $content_hash AS content_hash,
    $size_bytes AS size_bytes, $imported_at AS imported_at, $timezone AS timezone, $year AS year, $efs AS efs,
    $delivery_label AS delivery_label, $validity_hours AS validity_hours, $gap_minutes AS gap_minutes;
