"""Give the tests of what other programs start the command line."""

from tests.cli.conftest import pratique

__all__ = ["pratique"]
