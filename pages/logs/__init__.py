"""Logs on their way in: what the Import page is made of."""
