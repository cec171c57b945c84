"""Sending logs."""
