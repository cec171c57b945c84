"""Tracking: who opened and clicked, and when."""
