"""Find credentials: an engine, and one file for each family of kinds."""
