"""Compare the Maven order with univers, and prove the places of the specification."""

from hypothesis import given
from hypothesis import strategies as st
from univers.versions import MavenVersion

from pratique.formats.versions.maven import sort_key
from tests.formats.versions.oracle import NUMBERS, agree, rises

VERSIONS = st.builds(
    lambda numbers, rest: numbers + rest,
    NUMBERS,
    st.sampled_from(
        ["", "-alpha-1", "-beta-2", "-SNAPSHOT", "-RC1", "-sp", ".Final", "-1", "-foo"]
    ),
)


@given(a=VERSIONS, b=VERSIONS)
def test_univers_says_the_same(a: str, b: str) -> None:
    """The usual qualifiers."""
    agree(sort_key(a), sort_key(b), MavenVersion(a), MavenVersion(b))


def test_the_specification() -> None:
    """The order and the equalities that the POM reference lists."""
    ladder = ["1-alpha", "1-beta", "1-milestone", "1-rc", "1-SNAPSHOT", "1", "1-sp", "1-foo"]
    ladder += ["1-1", "1-2", "1.1"]
    assert rises(map(sort_key, ladder))
    for same in (
        ("1", "1.0", "1.0.0", "1.ga", "1-final", "1.0.0.RELEASE"),
        ("1.0-rc1", "1-cr1", "1-RC-1"),
        ("1.0.0.RC1", "1.0.0-RC1", "1-rc-1"),
        ("1.0.0-foo.0.0", "1-foo"),
    ):
        assert len({sort_key(version) for version in same}) == 1
