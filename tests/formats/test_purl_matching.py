"""Tell whether a package URL means a package."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.purl_matching import purl_matches

ZLIB = "pkg:deb/debian/zlib1g@1:1.2.13?arch=amd64&distro=debian-12"


@pytest.mark.parametrize(
    ("pattern", "means"),
    [
        ("pkg:deb/debian/zlib1g", True),
        ("pkg:deb/debian/zlib1g@1:1.2.13", True),
        ("pkg:deb/debian/zlib1g@1%3A1.2.13?arch=amd64", True),
        ("pkg:deb/debian/zlib1g@1.2.13", False),
        ("pkg:deb/debian/zlib1g?arch=arm64", False),
        ("pkg:deb/debian/zlib1g?vendor=x", False),
        ("pkg:deb/ubuntu/zlib1g", False),
        ("pkg:deb/zlib1g", False),
        ("pkg:rpm/debian/zlib1g", False),
        ("pkg:deb/debian/zlib1g#sub", False),
        ("zlib1g", False),
        ("", False),
    ],
)
def test_what_is_written_counts(pattern: str, means: bool) -> None:
    """Version, qualifiers and subpath where the pattern has them."""
    assert purl_matches(pattern, ZLIB) is means


def test_names_are_spelt_as_their_type_compares_them() -> None:
    """Python ignores case and underscores."""
    assert purl_matches("pkg:pypi/Zope_Interface", "pkg:pypi/zope-interface@5")


@given(a=st.text(max_size=40), b=st.text(max_size=40))
def test_any_text_means_something_or_nothing(a: str, b: str) -> None:
    """Nothing is raised."""
    for start in ("", "pkg:npm/"):
        purl_matches(start + a, start + b)
