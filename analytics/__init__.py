"""What it means: modes, KPIs, questions to the store. No screen."""
