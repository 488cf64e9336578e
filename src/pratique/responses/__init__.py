"""Act on alerts, within bounds, and tell what was done."""
