"""What happened: log files in, events and their fold kept in DuckDB. Knows no mode, no KPI, no screen."""
