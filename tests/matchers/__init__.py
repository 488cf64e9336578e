"""Test the matchers."""
