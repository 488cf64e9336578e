"""Checks of configuration."""
