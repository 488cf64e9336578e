"""Test the wiring of use cases."""
