"""Foreign tables: what their columns and values mean, said by the analyst."""
