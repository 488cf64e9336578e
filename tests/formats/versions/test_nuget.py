"""Compare the NuGet order with univers."""

from hypothesis import given
from hypothesis import strategies as st
from univers.versions import NugetVersion

from pratique.formats.versions.nuget import sort_key
from tests.formats.versions.oracle import NUMBERS, agree

VERSIONS = st.builds(
    lambda numbers, rest: numbers + rest,
    NUMBERS,
    st.sampled_from(["", ".0", ".1", "-alpha", "-ALPHA.1", "-rc.2", "-rc.10", "+meta"]),
)


@given(a=VERSIONS, b=VERSIONS)
def test_univers_says_the_same(a: str, b: str) -> None:
    """Four numbers, identifiers without regard to case, build metadata ignored."""
    agree(sort_key(a), sort_key(b), NugetVersion(a), NugetVersion(b))
