"""Compare the gem order with univers, and prove its corners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from univers.versions import RubygemsVersion

from pratique.formats.versions.rubygems import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import NUMBERS, agree

VERSIONS = st.builds(
    lambda numbers, rest: numbers + rest,
    NUMBERS,
    st.sampled_from(["", ".a", ".rc1", ".pre", ".0", ".1"]),
)


@given(a=VERSIONS, b=VERSIONS)
def test_univers_says_the_same(a: str, b: str) -> None:
    """The usual pre-releases, and zeros at the end."""
    agree(sort_key(a), sort_key(b), RubygemsVersion(a), RubygemsVersion(b))


def test_a_platform_is_not_part_of_the_version() -> None:
    """Nokogiri 1.16.2-x86_64-linux is version 1.16.2, and "-" else starts a pre-release."""
    for platform in ("x86_64-linux", "java", "arm64-darwin", "x64-mingw-ucrt", "aarch64-linux-gnu"):
        assert sort_key(f"1.16.2-{platform}") == sort_key("1.16.2")
    assert sort_key("1.16.2-rc1") == sort_key("1.16.2.pre.rc1") < sort_key("1.16.2")


def test_zeros_count_where_something_follows() -> None:
    """1.0.a is 1.a, but a.0.1 is not a.1."""
    assert sort_key("1.0.a") == sort_key("1.a")
    assert sort_key("1.a.0.1") < sort_key("1.a.1")
    assert sort_key("1.a.0.b") < sort_key("1.a") < sort_key("1.a.0.1")


@pytest.mark.parametrize("version", ["-1", ".1", "1:2", "~> 1.0"])
def test_what_is_no_gem_version_is_refused(version: str) -> None:
    """Requirements are no versions."""
    with pytest.raises(FormatError):
        sort_key(version)
