"""Read regular expressions themselves: their shape, and dialects other than Python's."""
