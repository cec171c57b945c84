"""What the pages are put together from: their head, metrics, charts, and the ways to the rows."""
