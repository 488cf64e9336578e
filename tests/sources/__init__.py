"""Hold the tests of pratique.sources, file for file."""
