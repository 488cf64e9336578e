"""Tests of what users write in CEL."""
