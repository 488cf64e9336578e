"""Render a report as bytes, one format a file."""
