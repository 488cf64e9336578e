"""Decide which advisories apply to a package, by the practice of each ecosystem."""
