"""Evaluate what users write in CEL; nothing here is loaded for a built-in profile."""
