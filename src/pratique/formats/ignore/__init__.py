"""Read files that say which findings to ignore, as the tools they are written for read them."""
