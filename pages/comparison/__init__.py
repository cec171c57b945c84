"""Compare deliveries."""
