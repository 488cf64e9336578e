"""Test read package databases of operating systems, and what names a distribution."""
