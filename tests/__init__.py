"""Test pratique; the folders mirror ``src/pratique`` file for file."""
