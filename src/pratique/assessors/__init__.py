"""Test applications with tools of others: their source, and what they do when they run."""
