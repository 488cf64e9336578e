"""Tests of the checks of Dockerfiles."""
