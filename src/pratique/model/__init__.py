"""Hold the frozen values that travel between floors, the protocols siblings share, the errors."""
