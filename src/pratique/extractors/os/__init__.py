"""Read the package databases of operating systems."""
