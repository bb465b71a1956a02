"""Reports on their way out: JSON and tidy tables."""
