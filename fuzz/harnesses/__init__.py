"""The harnesses, by what they read."""
