"""Failures: what failed, where, for which reason, and whether a provider has an incident."""
