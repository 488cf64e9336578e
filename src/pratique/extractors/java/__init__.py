"""Read the packages of Java: archives, and what build tools pin."""
