"""Test the enrichers."""
