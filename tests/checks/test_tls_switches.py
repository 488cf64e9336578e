"""Entries that switch a check off are known by name and value; the opposite value is none."""

import pytest

from pratique.checks._tls_switches import switches_off


@pytest.mark.parametrize(
    ("name", "value"),
    [("GIT_SSL_NO_VERIFY", "true"), ("PYTHONHTTPSVERIFY", "'0'"), ("PIP_TRUSTED_HOST", "x")],
)
def test_off(name: str, value: str) -> None:
    """With quotes and without; some hold any value."""
    assert switches_off(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("GIT_SSL_NO_VERIFY", "0"), ("PYTHONHTTPSVERIFY", ""), ("PATH", "0"), ("GOFLAGS", "-v")],
)
def test_on(name: str, value: str) -> None:
    """Another value, no value, another name."""
    assert not switches_off(name, value)
