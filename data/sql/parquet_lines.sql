-- A file of one JSON object a line, from the rows of a Parquet file. Built from: the file.
COPY (FROM read_parquet($path)) TO $target (FORMAT json);
