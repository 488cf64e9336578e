"""Compare the semantic order with univers, and prove its corners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from univers.versions import SemverVersion

from pratique.formats.versions.semver import sort_key, split
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import NUMBERS, agree

VERSIONS = st.builds(
    lambda numbers, pre: numbers + pre,
    NUMBERS,
    st.sampled_from(["", "-alpha", "-alpha.1", "-alpha.b", "-rc.2", "-rc.10", "-1", "-0.x"]),
)


@given(a=VERSIONS, b=VERSIONS)
def test_univers_says_the_same(a: str, b: str) -> None:
    """SemVer precedence."""
    agree(sort_key(a), sort_key(b), SemverVersion(a), SemverVersion(b))


def test_a_pre_release_is_not_hidden() -> None:
    """1.4.4-lts is before 2.0.0: plain precedence, not npm's range rules."""
    assert sort_key("1.4.4-lts") < sort_key("1.4.4") < sort_key("2.0.0-0") < sort_key("2.0.0")


@pytest.mark.parametrize(
    "version", ["1.2.x", "1.0.0-", "1.0.0+", "1..0", "latest", "^1.0.0", "٣.0.0"]
)
def test_what_is_no_semantic_version_is_refused(version: str) -> None:
    """Ranges, tags and foreign digits are no versions."""
    with pytest.raises(FormatError):
        split(version, "npm")
