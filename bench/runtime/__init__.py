"""Measure what watching a node costs."""
