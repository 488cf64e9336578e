"""Order versions: one ecosystem a file, each a sort key."""
