"""Compare the other orders with univers, an independent implementation."""

from hypothesis import given
from hypothesis import strategies as st
from univers import versions as univers

from pratique.formats.versions import apk, maven, nuget, rubygems, semver
from pratique.formats.versions.order import Key

NUMBERS = st.lists(st.integers(0, 12), min_size=3, max_size=3).map(
    lambda numbers: ".".join(map(str, numbers))
)
SEMVER = st.builds(
    lambda numbers, pre: numbers + pre,
    NUMBERS,
    st.sampled_from(["", "-alpha", "-alpha.1", "-alpha.b", "-rc.2", "-rc.10", "-1", "-0.x"]),
)
APK = st.builds(
    lambda numbers, letter, suffix, revision: numbers + letter + suffix + revision,
    NUMBERS,
    st.sampled_from(["", "a", "b"]),
    st.sampled_from(["", "_alpha", "_beta2", "_rc1", "_p1"]),
    st.sampled_from(["-r0", "-r1", "-r10"]),
)
MAVEN = st.builds(
    lambda numbers, rest: numbers + rest,
    NUMBERS,
    st.sampled_from(
        ["", "-alpha-1", "-beta-2", "-SNAPSHOT", "-RC1", "-sp", ".Final", "-1", "-foo"]
    ),
)
GEM = st.builds(
    lambda numbers, rest: numbers + rest,
    NUMBERS,
    st.sampled_from(["", ".a", ".rc1", ".pre", ".0", ".1"]),
)


def agree(a: Key, b: Key, left: object, right: object) -> None:
    """Assert that both sides order their pair alike."""
    assert (a < b, a == b) == (left < right, left == right)  # type: ignore[operator]


@given(a=SEMVER, b=SEMVER)
def test_semver_and_nuget(a: str, b: str) -> None:
    """Precedence as univers has it; NuGet equals it on lower-case text."""
    agree(
        semver.sort_key(a), semver.sort_key(b), univers.SemverVersion(a), univers.SemverVersion(b)
    )
    agree(nuget.sort_key(a), nuget.sort_key(b), univers.NugetVersion(a), univers.NugetVersion(b))


@given(a=APK, b=APK)
def test_apk(a: str, b: str) -> None:
    """The apk order on well-formed versions."""
    agree(
        apk.sort_key(a),
        apk.sort_key(b),
        univers.AlpineLinuxVersion(a),
        univers.AlpineLinuxVersion(b),
    )
    apk.validate(a)


@given(a=MAVEN, b=MAVEN)
def test_maven(a: str, b: str) -> None:
    """The Maven order on the usual qualifiers."""
    agree(maven.sort_key(a), maven.sort_key(b), univers.MavenVersion(a), univers.MavenVersion(b))


@given(a=GEM, b=GEM)
def test_rubygems(a: str, b: str) -> None:
    """The gem order on the usual pre-releases."""
    agree(
        rubygems.sort_key(a),
        rubygems.sort_key(b),
        univers.RubygemsVersion(a),
        univers.RubygemsVersion(b),
    )
