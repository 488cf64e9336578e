"""Test whole commands on real images, servers and engines."""
