"""How fast Sendlog is: one table of figures and ratios, all of one run on one machine (docs/performance.md)."""
