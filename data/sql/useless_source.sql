-- source, source_sentence, rejected_line: without a file of which no record could be used, so that it can be tried with other options.
DELETE FROM loose_event WHERE source_id = $source_id;
DELETE FROM meaning WHERE source_id = $source_id;
DELETE FROM rejected_line WHERE source_id = $source_id;
DELETE FROM source_sentence WHERE source_id = $source_id;
DELETE FROM source WHERE source_id = $source_id;
