"""Prove where a crate is said to come from."""

import pytest

from pratique.extractors.rust._crates import crate_purl, is_published

_INDEX = "registry+https://github.com/rust-lang/crates.io-index"


@pytest.mark.parametrize(
    ("source", "published", "purl"),
    [
        (_INDEX, True, "pkg:cargo/a@1"),
        ("sparse+https://index.crates.io/", True, "pkg:cargo/a@1"),
        ("", False, "pkg:cargo/a@1"),
        ("git+https://x.org/a#0f", True, "pkg:cargo/a@1?vcs_url=git%2Bhttps://x.org/a%400f"),
        ("registry+https://x.org/i", False, "pkg:cargo/a@1?repository_url=https://x.org/i"),
    ],
    ids=["index", "sparse", "local", "git", "another registry"],
)
def test_the_source_of_a_crate(source, published, purl):
    """crates.io needs no word; what comes from elsewhere says so."""
    assert is_published(source) is published
    assert crate_purl("a", "1", source) == purl
