import pytest

from pratique.extractors.javascript._pnpm import key_of, name_and_version


@pytest.mark.parametrize(
    ("key", "version", "expected"),
    [
        ("/ms/2.0.0", 5, ("ms", "2.0.0")),
        ("/@babel/core/7.1.0_abc", 5, ("@babel/core", "7.1.0")),
        ("/react-dom@18.2.0(react@18.2.0)", 6, ("react-dom", "18.2.0")),
        ("@a/b@1.0.0(c@1)(d@2)", 9, ("@a/b", "1.0.0")),
    ],
)
def test_keys_name_packages(key: str, version: int, expected: tuple[str, str]) -> None:
    """In each version of the format in its own way."""
    assert name_and_version(key, version) == expected


def test_a_reference_is_a_key_or_a_version() -> None:
    """The key comes first: an alias is written so."""
    assert key_of("a", "1.0.0", 6) == ("1.0.0", "/a@1.0.0")
