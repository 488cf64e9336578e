"""Prove the order of PHP's version_compare."""

import pytest

from pratique.formats.versions.composer import sort_key, validate
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_the_manual() -> None:
    """php.net: any string < dev < alpha = a < beta = b < RC = rc < # < pl = p."""
    ladder = [
        "1.0-foo",
        "1.0-dev",
        "1.0-alpha1",
        "1.0-beta",
        "1.0RC1",
        "1.0",
        "1.0.0",
        "1.0.1",
        "1.0pl1",
    ]
    assert rises(map(sort_key, ladder))
    for a, b in (("1.0a1", "1.0-alpha.1"), ("1.0b", "1.0beta"), ("1.0rc1", "1.0_RC1"), ("v2", "2")):
        assert sort_key(a) == sort_key(b)


def test_a_branch_is_no_installed_version() -> None:
    """dev-main names a branch: it sorts lowest and is refused as installed."""
    assert sort_key("dev-main") < sort_key("0.0.1")
    with pytest.raises(FormatError):
        validate("dev-main")
    validate("v1.2.3")
