"""Test decisions."""
