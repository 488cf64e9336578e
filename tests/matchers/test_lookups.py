"""Look the advisories of all packages up at once."""

from collections.abc import Callable, Collection, Mapping

from hypothesis import given
from hypothesis import strategies as st

from pratique.matchers import dpkg, language, rpm
from pratique.matchers._lookups import Lookups
from pratique.matchers.interface import Matcher
from pratique.model.advisory import Affected, Candidate, FixState, Range
from pratique.model.distro import Distro
from pratique.model.package import PackageType
from tests.makers.lookup import DEBIAN, MemoryLookup, advisory, package, statement

ALMA = Distro(id="almalinux", version="9")
NAMES = st.sampled_from(["glibc", "glibc-common", "zlib"])
VERSIONS = st.sampled_from(["1-1", "2-1", "3-1", "1:1-1", "?"])
RANGES = st.builds(
    lambda low, high: Range(introduced=low, fixed=high),
    st.sampled_from(["0", "2-1"]),
    st.sampled_from(["", "2-1", "3-1", "1:2-1"]),
)


class Counting(MemoryLookup):
    """A lookup that counts the questions."""

    asked = 0

    def candidates_of(
        self, ecosystem: str, names: Collection[str], wanted: Callable[[Affected], bool]
    ) -> Mapping[str, tuple[Candidate, ...]]:
        """Count, and answer."""
        self.asked += 1
        return super().candidates_of(ecosystem, names, wanted)


@given(
    said=st.lists(st.tuples(NAMES, RANGES, st.sampled_from(["", "na"])), max_size=6),
    installed=st.lists(st.tuples(NAMES, NAMES, VERSIONS), min_size=1, max_size=4),
    kind=st.sampled_from([(PackageType.DEB, DEBIAN, dpkg), (PackageType.RPM, ALMA, rpm)]),
)
def test_asking_at_once_decides_as_asking_one_by_one(
    said: list[tuple[str, Range, str]],
    installed: list[tuple[str, str, str]],
    kind: tuple[PackageType, Distro, Matcher],
) -> None:
    """Whatever is not unpacked would have decided nothing."""
    type_, distro, unit = kind
    ecosystem = "Debian:12" if type_ is PackageType.DEB else "AlmaLinux:9"
    states = {"": FixState.UNKNOWN, "na": FixState.NOT_AFFECTED}
    lookup = MemoryLookup(
        advisory(f"CVE-2024-{1000 + n // 2}", statement(ecosystem, name, span, state=states[state]))
        for n, (name, span, state) in enumerate(said)
    )
    packages = [package(type_, name, v, source_name=source) for name, source, v in installed]
    together = Lookups(lookup)
    together.prepare(tuple(unit.queries(one, distro)) for one in packages)
    for one in packages:
        assert unit.match(one, distro, together) == unit.match(one, distro, lookup)


def test_an_ecosystem_is_asked_once() -> None:
    """A thousand packages, one question; what is known is not asked again."""
    lookup = Counting([advisory("GHSA-x", statement("PyPI", "p1", Range()))])
    packages = [package(PackageType.PYPI, f"p{n}", "1") for n in range(1000)]
    lookups = Lookups(lookup)
    lookups.prepare(tuple(language.queries(one, None)) for one in packages)
    assert sum(len(language.match(one, None, lookups).findings) for one in packages) == 1
    assert lookup.asked == 1


def test_a_version_that_cannot_be_read_is_still_told() -> None:
    """The candidates are unpacked, so that the matcher meets the version."""
    lookup = MemoryLookup([advisory("GHSA-x", statement("Packagist", "a/b", Range(fixed="0.1")))])
    one = package(PackageType.COMPOSER, "a/b", "dev-main")
    lookups = Lookups(lookup)
    lookups.prepare([tuple(language.queries(one, None))])
    assert len(language.match(one, None, lookups).unknowns) == 1
