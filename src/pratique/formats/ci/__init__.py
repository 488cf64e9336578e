"""Pipelines of the services that build and test, as text."""
