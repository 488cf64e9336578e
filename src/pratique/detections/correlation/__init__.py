"""Tell one story instead of many alerts: sequences, counts, repeats."""
