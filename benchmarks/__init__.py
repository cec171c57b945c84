"""How fast Sendlog is, as ratios to what bare DuckDB needs for the same files on the same machine in the same run."""
