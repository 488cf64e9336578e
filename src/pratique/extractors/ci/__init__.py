"""Read what continuous integration runs."""
