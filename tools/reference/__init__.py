"""Make the reference pages, one kind a file; see ``tools.generate``."""
