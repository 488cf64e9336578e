"""Files with credentials are known by their names; their public halves and examples are none."""

import pytest

from pratique.checks.dockerfile._secret_files import is_secret_file


@pytest.mark.parametrize("path", ["id_rsa", "x/.netrc", ".env.prod", ".kube/config", "a/b.p12/"])
def test_secret(path: str) -> None:
    """By name, by ending, by folder."""
    assert is_secret_file(path)


@pytest.mark.parametrize("path", ["id_rsa.pub", ".env.sample", ".environment", "kube/config", ""])
def test_plain(path: str) -> None:
    """What only looks like it."""
    assert not is_secret_file(path)
