"""Turn evidence into a decision."""
