"""Read identifiers of Haskell packages."""

import pytest

from pratique.extractors.haskell._hackage import split_identifier


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("base-4.15.1.0", ("base", "4.15.1.0")),
        ("http-client-0.7@rev:1", ("http-client", "0.7")),
        ("base", ("", "")),
        ("a-1.x", ("", "")),
        ("a-", ("", "")),
        ("../a-1", ("", "")),
    ],
)
def test_versions_are_numbers(text: str, parts: tuple[str, str]) -> None:
    """Anything else is no identifier."""
    assert split_identifier(text) == parts
