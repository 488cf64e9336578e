"""Speak with a person: one command a file."""
