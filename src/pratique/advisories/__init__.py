"""Fetch what publishers say about flaws and keep it where it can be looked up."""
