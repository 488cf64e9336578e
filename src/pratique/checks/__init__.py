"""Check how something is configured: one check a file."""
