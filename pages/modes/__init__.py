"""Compare modes."""
