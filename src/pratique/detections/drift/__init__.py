"""Tell what runs in a container and was not in its image."""
