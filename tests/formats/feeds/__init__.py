"""Test read what publishers say about flaws, each in its own format."""
