"""
Follow a container image from its Dockerfile to its running processes.

The floors of the house and what may import what are drawn in docs/explanation/architecture.md.
"""

__version__ = "0.1.0"
