"""Change ledger."""
