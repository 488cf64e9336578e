"""Tests of the Dockerfile format."""
