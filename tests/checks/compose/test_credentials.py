"""A credential is known by the name it has, or by standing in a URL."""

import pytest

from pratique.checks.compose._credentials import credential_in
from pratique.formats.compose.values import Value

VALUE = "not-" + "shown-here-9"


@pytest.mark.parametrize(
    ("name", "raw", "wanted"),
    [
        ("DB_PASS" + "WORD", VALUE, VALUE),
        ("DB_PASS" + "WORD", f"${{X:-{VALUE}}}", VALUE),
        ("DB_PASS" + "WORD", "${X}", ""),
        ("DATABASE_URL", f"postgres://ann:{VALUE}@db/x", VALUE),
        ("DATABASE_URL", "postgres://ann:${X}@db/x", ""),
        ("KAFKA_SSL_KEYSTORE_CREDENTIALS", "keystore_file", ""),
        ("PORT", VALUE, ""),
    ],
)
def test_credentials(name: str, raw: str, wanted: str) -> None:
    """Only what is written in the file counts."""
    assert credential_in(name, Value(raw=raw, text=raw)) == wanted
