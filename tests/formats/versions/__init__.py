"""Test the version orders."""
