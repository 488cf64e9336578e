"""Read Dockerfiles without losing a byte, and say what their instructions mean."""
