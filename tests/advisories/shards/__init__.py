"""Test the shards."""
