"""Test the readers of VEX documents."""
