"""Observe what processes on this node do."""
