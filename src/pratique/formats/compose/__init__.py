"""Compose files: services as they will run, each value with the bytes it was written as."""
