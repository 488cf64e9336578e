"""Prove the evaluation of ranges at each boundary, and against OSV's own algorithm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.matchers._ranges import Scale, Standing, judge, may_decide
from pratique.model.advisory import Affected, FixState, Range
from pratique.model.errors import FormatError
from tests.makers.lookup import statement

BOUNDARIES = [
    (Range(fixed="1.2-3"), "1.2-2", True),
    (Range(fixed="1.2-3"), "1.2-3", False),
    (Range(fixed="1.2-3"), "1.2-3~", True),
    (Range(fixed="1.2-3"), "1.2-3+b1", False),
    (Range(fixed="1.2-3"), "1:0.1-1", False),
    (Range(introduced="1.0", fixed="2.0"), "0.9", False),
    (Range(introduced="1.0", fixed="2.0"), "1.0", True),
    (Range(introduced="1.0", fixed="2.0"), "1.0~", False),
    (Range(introduced="1.0", fixed="2.0"), "2.0~", True),
    (Range(introduced="1.0", fixed="2.0"), "2.0", False),
    (Range(last_affected="2.0"), "2.0", True),
    (Range(last_affected="2.0"), "2.0-0", True),
    (Range(last_affected="2.0"), "2.0-1", False),
    (Range(limit="2.0"), "2.0", False),
    (Range(limit="2.0"), "1.9", True),
    (Range(limit="*"), "9", True),
    (Range(), "0~", True),
    (Range(introduced="1"), "1", True),
    (Range(introduced=""), "1", True),
]


@pytest.mark.parametrize(("interval", "version", "inside"), BOUNDARIES)
def test_boundaries(interval: Range, version: str, inside: bool) -> None:
    """Introduced is inside, fixed outside, last_affected inside, limit outside."""
    verdict = judge(statement("Debian:12", "x", interval), version)
    assert (verdict.standing is Standing.AFFECTED) is inside


def _affected_by_osv(events: list[tuple[str, str]], version: tuple[int, ...]) -> bool:
    """Evaluate as the OSV page writes it: sort the events, walk, toggle."""
    vulnerable = False
    for bound, kind in sorted(
        events, key=lambda e: (tuple(map(int, e[0].split("."))), e[1] != "introduced")
    ):
        parsed = tuple(map(int, bound.split(".")))
        if kind == "introduced" and version >= parsed:
            vulnerable = True
        if (kind == "fixed" and version >= parsed) or (kind == "last" and version > parsed):
            vulnerable = False
    return vulnerable


@given(
    bounds=st.lists(st.integers(0, 12), min_size=1, max_size=6, unique=True),
    last=st.booleans(),
    version=st.integers(0, 14),
)
def test_ranges_agree_with_osv(bounds: list[int], last: bool, version: int) -> None:
    """The union of paired ranges holds a version exactly when OSV's walk ends "vulnerable"."""
    bounds.sort()
    ranges, events = [], []
    for start, end in zip(bounds[::2], [*bounds[1::2], None], strict=False):
        events.append((f"1.{start}", "introduced"))
        if end is None:
            ranges.append(Range(introduced=f"1.{start}"))
        elif last:
            ranges.append(Range(introduced=f"1.{start}", last_affected=f"1.{end}"))
            events.append((f"1.{end}", "last"))
        else:
            ranges.append(Range(introduced=f"1.{start}", fixed=f"1.{end}"))
            events.append((f"1.{end}", "fixed"))
    verdict = judge(statement("PyPI", "x", *ranges), f"1.{version}")
    assert (verdict.standing is Standing.AFFECTED) is _affected_by_osv(events, (1, version))


def test_the_highest_fix_ends_all_ranges() -> None:
    """Of two fixes for one flaw the later counts, as the first was not enough."""
    verdict = judge(
        statement("Alpine:v3.20", "x", Range(fixed="1.0-r1"), Range(fixed="1.0-r10")), "1.0-r0"
    )
    assert (verdict.fix, verdict.comparison) == ("1.0-r10", "1.0-r0 < 1.0-r10 (apk order)")


def test_a_range_without_a_fix_decides() -> None:
    """As long as one range that holds the version is open, there is no fix."""
    verdict = judge(statement("Debian:12", "x", Range(fixed="2"), Range(introduced="1")), "1.5")
    assert (verdict.standing, verdict.fix) == (Standing.AFFECTED, "")
    assert verdict.event == "introduced 1, no fix"


def test_the_publishers_not_affected_overrides_its_ranges() -> None:
    """State NOT_AFFECTED wins over any range or list."""
    said = Affected(
        ecosystem="Debian:12",
        name="x",
        ranges=(Range(),),
        versions=("1",),
        state=FixState.NOT_AFFECTED,
    )
    assert judge(said, "1").standing is Standing.NOT_AFFECTED


def test_listed_versions_count_by_their_key() -> None:
    """2022.12.7 and 2022.12.07 are one Python version."""
    said = Affected(ecosystem="PyPI", name="x", versions=("2022.12.7", "not a version"))
    assert judge(said, "2022.12.07").standing is Standing.AFFECTED
    assert judge(said, "2022.12.8").standing is Standing.OUTSIDE


def test_an_event_that_is_no_version_is_undecided() -> None:
    """Neither a match nor a miss, unless another range holds the version."""
    broken = Range(fixed="1.0 beta")
    assert judge(statement("Debian:12", "x", broken), "1").standing is Standing.UNDECIDED
    both = statement("Debian:12", "x", broken, Range(fixed="2"))
    assert judge(both, "1").standing is Standing.AFFECTED
    assert judge(both, "3").standing is Standing.UNDECIDED
    assert judge(statement("Debian:12", "x"), "3").standing is Standing.UNDECIDED


def test_a_package_version_that_is_none_is_an_error() -> None:
    """The caller must hear of it."""
    with pytest.raises(FormatError):
        judge(statement("Debian:12", "x", Range(fixed="1")), "a b")


def test_semver_ranges_use_semver_in_any_ecosystem() -> None:
    """A SEMVER range orders 1.0.0-rc.1 before 1.0.0, whatever the ecosystem's own order."""
    said = statement("Packagist", "x", Range(introduced="1.0.0", kind="SEMVER"))
    assert judge(said, "1.0.0-9").standing is Standing.OUTSIDE
    assert judge(said, "1.0").standing is Standing.AFFECTED


def test_the_epoch_of_the_bound_is_lent_and_said() -> None:
    """A version from SOURCERPM is compared, and quoted, with the bound's epoch."""
    said = statement("Rocky Linux:8", "perl", Range(fixed="4:5.26.3-419"))
    assert judge(said, "5.26.3-419", epoch_unknown=True).standing is Standing.FIXED
    assert judge(said, "5.26.3-419").standing is Standing.AFFECTED
    older = judge(said, "5.26.3-416", epoch_unknown=True)
    assert older.comparison == "4:5.26.3-416 < 4:5.26.3-419 (rpm order)"


@pytest.mark.parametrize(
    ("interval", "event", "sentence"),
    [
        (Range(fixed="2"), "introduced 0, fixed 2", "1.5 < 2"),
        (Range(last_affected="2"), "introduced 0, last affected 2", "1.5 <= 2"),
        (Range(introduced="1", fixed="2"), "introduced 1, fixed 2", "1 <= 1.5 < 2"),
        (Range(introduced="1"), "introduced 1, no fix", "1 <= 1.5"),
        (Range(), "introduced 0, no fix", "every version, so 1.5 too"),
    ],
)
def test_the_comparison_is_a_sentence(interval: Range, event: str, sentence: str) -> None:
    """A person can repeat it by hand."""
    verdict = judge(statement("Debian:12", "x", interval), "1.5")
    assert (verdict.event, verdict.comparison) == (event, f"{sentence} (dpkg order)")


@given(
    spans=st.lists(
        st.builds(
            Range,
            st.sampled_from(["0", "1", "2", "!"]),
            st.sampled_from(["", "2", "3", "!"]),
            st.sampled_from(["", "2"]),
        ),
        max_size=3,
    ),
    versions=st.lists(st.sampled_from(["1", "2.0", "9", "!"]), max_size=2),
    state=st.sampled_from([FixState.UNKNOWN, FixState.NOT_AFFECTED]),
    version=st.sampled_from(["0.1", "1", "2", "3"]),
)
def test_what_may_decide_is_told_beforehand(
    spans: list[Range], versions: list[str], state: FixState, version: str
) -> None:
    """The quick test misses nothing that the judgement calls affected or undecided."""
    said = Affected(
        ecosystem="Debian:12",
        name="x",
        ranges=tuple(spans),
        versions=tuple(versions),
        state=state,
    )
    decisive = judge(said, version).standing in (Standing.AFFECTED, Standing.UNDECIDED)
    assert may_decide(said, Scale("Debian:12", version, False)) >= decisive
