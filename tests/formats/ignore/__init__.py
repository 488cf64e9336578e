"""Test the readers of ignore files."""
