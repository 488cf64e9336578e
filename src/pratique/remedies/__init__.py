"""Propose the changes that clear findings, one way of mending a file."""
