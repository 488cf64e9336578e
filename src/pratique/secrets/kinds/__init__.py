"""The kinds of credentials, one family a file."""
