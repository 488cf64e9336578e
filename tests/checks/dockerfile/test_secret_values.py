"""Credentials are known by their form; addresses by a password that is written out."""

import pytest

from pratique.checks.dockerfile._secret_values import is_secret_value, password_in_address


@pytest.mark.parametrize(
    "text",
    ["gl" + "pat-" + "a1" * 10, "AK" + "IA" + "A2" * 8, "-----BEGIN RSA " + "PRIVATE KEY-----"],
)
def test_forms(text: str) -> None:
    """Alone and within other text."""
    assert is_secret_value(text)
    assert is_secret_value(f"x={text};")


@pytest.mark.parametrize("text", ["AKIA", "ghp_short", "sk_test", "BEGIN PUBLIC KEY", ""])
def test_other_text(text: str) -> None:
    """Beginnings alone are none."""
    assert not is_secret_value(text)


def test_addresses() -> None:
    """A variable, a port and an empty password are none."""
    assert password_in_address("git+https://me:" + "hunter-2@x.example/a")
    for text in ("https://me:$P@x.example", "https://x.example:80/a@b", "https://me@x.example"):
        assert not password_in_address(text)
