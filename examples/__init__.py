"""Hold samples that a new user runs."""
