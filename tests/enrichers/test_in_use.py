"""Findings say when their package was seen; nothing else of them changes."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.enrichers.in_use import mark_in_use
from pratique.model.finding import Finding, FindingKind
from pratique.model.in_use import InUse, Usage
from pratique.model.package import Package, PackageType, Purl
from pratique.model.report import Subject, SubjectKind

SECOND = 10**9


def package(name: str, owner: str = "") -> Package:
    purl = Purl(f"pkg:npm/{name}@1")
    return Package(type=PackageType.NPM, name=name, version="1", purl=purl, owner=owner)


def finding(name: str) -> Finding:
    key = f"pkg:npm/{name}@1" if name else ""
    return Finding(id=name, kind=FindingKind.VULNERABILITY, rule="CVE-1", package=key)


def seen(name: str, path: str, first: int, last: int) -> InUse:
    return InUse(digest="d", package=f"pkg:npm/{name}@1", path=path, first_ns=first, last_ns=last)


SUBJECT = Subject(
    kind=SubjectKind.IMAGE,
    target="x",
    packages=(package("a"), package("b", owner="pkg:npm/a@1"), package("c")),
    findings=(finding("a"), finding("b"), finding("c"), finding("")),
)


def test_the_first_and_last_time_and_the_last_file_are_told() -> None:
    rows = [seen("a", "/one", 5 * SECOND, 6 * SECOND), seen("a", "/two", 3 * SECOND, 9 * SECOND)]
    marked = mark_in_use(SUBJECT, rows)
    usage = Usage(path="/two", first="1970-01-01T00:00:03Z", last="1970-01-01T00:00:09Z")

    assert [one.in_use for one in marked.findings] == [usage, usage, None, None]


def test_nothing_seen_changes_nothing() -> None:
    assert mark_in_use(SUBJECT, ()) is SUBJECT
    assert mark_in_use(SUBJECT, [seen("z", "/z", 1, 2)]) == SUBJECT


@given(st.integers(), st.integers(), st.text(max_size=5))
def test_any_row_is_taken(first: int, last: int, name: str) -> None:
    marked = mark_in_use(SUBJECT, [seen(name, "/x", first, last), seen("a", "/x", first, last)])
    assert len(marked.findings) == len(SUBJECT.findings)
