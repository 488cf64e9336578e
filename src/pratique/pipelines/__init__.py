"""Wire one use case a file: only here are cache, store and databases opened."""
