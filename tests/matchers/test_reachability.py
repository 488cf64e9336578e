"""Prove that a flaw is suppressed exactly when the program lacks every function that has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.go_symbols import symbol_hash
from pratique.matchers.language import match
from pratique.model.advisory import Advisory, AdvisoryId, Affected, Candidate, Import, Range
from pratique.model.finding import Suppressor
from pratique.model.package import Linked, Package, PackageType, Purl

_PATH = "golang.org/x/text/language"
_RANGE = (Range("0", "0.3.8", kind="SEMVER"),)


class _Lookup:
    """The statements on one module."""

    def __init__(self, *candidates: Candidate) -> None:
        self._candidates = candidates

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        return self._candidates if (ecosystem, name) == ("Go", "golang.org/x/text") else ()


def _said(name, *imports, ranges=_RANGE, aliases=("CVE-2022-32149",)) -> Candidate:
    affected = Affected(
        ecosystem="Go", name="golang.org/x/text", ranges=ranges, imports=tuple(imports)
    )
    advisory = Advisory(id=AdvisoryId(name), feed="osv", affected=(affected,), aliases=aliases)
    return Candidate(advisory, affected)


def _package(*symbols, packages=(_PATH,), system="linux", arch="amd64", known=True) -> Package:
    hashes = sorted(symbol_hash(_PATH, symbol) for symbol in symbols)
    linked = Linked(packages=packages, symbols=b"".join(hashes), system=system, arch=arch)
    return Package(
        type=PackageType.GOLANG,
        name="golang.org/x/text",
        version="v0.3.5",
        purl=Purl("pkg:golang/golang.org/x/text@v0.3.5"),
        linked=linked if known else None,
    )


def _finding(package: Package, *candidates: Candidate):
    (finding,) = match(package, None, _Lookup(*candidates)).findings
    return finding


_FLAW = Import(_PATH, ("MatchStrings", "ParseAcceptLanguage"))


def test_a_function_that_is_there_counts():
    """One of those named is enough."""
    finding = _finding(_package("Make", "ParseAcceptLanguage"), _said("GO-1", _FLAW))

    assert (finding.suppressed, finding.suppressed_by) == ("", Suppressor.NOBODY)


def test_functions_that_are_not_there_suppress():
    """With the first of them in the reason, and the VEX words for it."""
    finding = _finding(_package("Make"), _said("GO-1", _FLAW))

    assert finding.suppressed == (
        "not reachable: the program does not contain golang.org/x/text/language.MatchStrings"
        " nor 1 other that have the flaw"
    )
    assert finding.suppressed_by is Suppressor.REACHABILITY
    assert (finding.vex_status, finding.vex_justification) == (
        "not_affected",
        "vulnerable_code_not_present",
    )


@pytest.mark.parametrize(("packages", "suppressed"), [((_PATH,), False), (("a", "z"), True)])
def test_a_package_without_functions_means_all_of_it(packages, suppressed):
    """It is there or it is not."""
    finding = _finding(_package(packages=packages), _said("GO-1", Import(_PATH)))

    assert bool(finding.suppressed) is suppressed


def test_an_alias_without_functions_follows_the_record_that_names_them():
    """One flaw is one finding with one answer."""
    ghsa = _said("GHSA-69ch-w2m2-3vjp", aliases=("CVE-2022-32149", "GO-1"))

    finding = _finding(_package("Make"), _said("GO-1", _FLAW), ghsa)

    assert finding.suppressed
    assert {one.advisory for one in finding.evidence} == {"GO-1", "GHSA-69ch-w2m2-3vjp"}


def test_the_record_that_names_functions_need_not_be_the_one_that_stands():
    """Where the alias alone claims this version, the functions are still those of the flaw."""
    elsewhere = _said("GO-1", _FLAW, ranges=(Range("0.4.0", "0.5.0", kind="SEMVER"),))

    assert _finding(_package("Make"), elsewhere, _said("GHSA-1")).suppressed


def test_nobody_names_functions():
    """No data is no absence."""
    assert not _finding(_package(), _said("GHSA-1")).suppressed


def test_the_go_database_means_the_whole_module_where_it_names_nothing():
    """Its silence in a second statement on this version counts."""
    both = (_said("GO-1", _FLAW), _said("GO-1"))

    assert not _finding(_package("Make"), *both).suppressed


def test_a_program_whose_functions_are_unknown_has_them_all():
    """Nothing is suppressed on a guess."""
    assert not _finding(_package(known=False), _said("GO-1", _FLAW)).suppressed


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"systems": ("windows",)}, "not reachable: the flaw is on windows only"),
        ({"arches": ("ppc64", "ppc64le")}, "not reachable: the flaw is on ppc64, ppc64le only"),
        ({"systems": ("linux",)}, ""),
    ],
)
def test_a_flaw_of_other_systems_is_not_this_programs(limits, reason):
    """The function is there and does something else here."""
    one = Import(_PATH, ("Make",), **limits)

    assert _finding(_package("Make"), _said("GO-1", one)).suppressed == reason


def test_a_program_of_an_unknown_system_runs_anywhere():
    """What is not known limits nothing."""
    one = Import(_PATH, ("Make",), ("windows",))

    assert not _finding(_package("Make", system=""), _said("GO-1", one)).suppressed


@pytest.mark.parametrize("change", [{"unpublished": True}, {"version": "(devel)", "linked": None}])
def test_what_nobody_published_is_not_matched(change):
    """The tree a program was built from has the name of a module, and no version of it."""
    from msgspec.structs import replace

    package = replace(_package("ParseAcceptLanguage"), **change)

    assert match(package, None, _Lookup(_said("GO-1", _FLAW))).findings == ()
    assert match(package, None, _Lookup(_said("GO-1", _FLAW))).unknowns == ()


@given(st.sets(st.text("abc", min_size=1, max_size=3)), st.text("abc", min_size=1, max_size=3))
def test_presence_is_membership(symbols, wanted):
    """Whatever the order and number of the functions."""
    finding = _finding(_package(*symbols), _said("GO-1", Import(_PATH, (wanted,))))

    assert bool(finding.suppressed) is (wanted not in symbols)
