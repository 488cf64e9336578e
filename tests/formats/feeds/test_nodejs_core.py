"""Turn Node.js's ranges into intervals; the difference of vulnerable and patched is what counts."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.nodejs_core import advisories, ranges
from pratique.model.advisory import Advisory, FixState
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.feed_samples import as_json


def spoken(vulnerable: str, patched: str) -> list[tuple[str, str, str]]:
    return [(one.introduced, one.fixed, one.limit) for one in ranges(vulnerable, patched)]


@pytest.mark.parametrize(
    ("vulnerable", "patched", "expected"),
    [
        ("8.x || 4.x", "^8.1.4 || ^4.8.4", [("8.0.0", "8.1.4", ""), ("4.0.0", "4.8.4", "")]),
        ("18.x || 23.x", "^18.20.6", [("18.0.0", "18.20.6", ""), ("23.0.0", "", "24.0.0")]),
        ("8.5.0", "^8.6.0", [("8.5.0", "8.6.0", "8.5.1")]),
        ("9.7.x", "^9.11.2", [("9.7.0", "9.11.2", "9.8.0")]),
        (
            ">=6.0.0 <6.2.0 || 5.x",
            "^5.12.0",
            [("6.0.0", "", "6.2.0"), ("5.0.0", "5.12.0", "")],
        ),
        (
            "<= 10",
            "^6.14.4 || ^8.11.4 || >= 10.9.0",
            [("0", "6.14.4", ""), ("7.0.0", "8.11.4", ""), ("9.0.0", "10.9.0", "")],
        ),
        ("0.10.x", "^0.10.48", [("0.10.0", "0.10.48", "")]),
        (" 15.x ", " 15.2.1", [("15.0.0", "15.2.1", "")]),
        ("~1.2.3 || >1.9", "", [("1.2.3", "", "1.3.0"), ("1.10.0", "", "")]),
        ("^4.8.2", "^4.8.5", [("4.8.2", "4.8.5", "")]),
    ],
)
def test_what_is_vulnerable_less_what_is_patched(
    vulnerable: str, patched: str, expected: list[tuple[str, str, str]]
) -> None:
    """Each line ends at its first patched release, or where the line ends without a fix."""
    assert spoken(vulnerable, patched) == expected


@pytest.mark.parametrize("text", ["", "latest", "1.2.3.4", ">", "9 <8", "1 - 2", "1" * 3000])
def test_what_is_no_range_is_refused(text: str) -> None:
    """No range is ever guessed."""
    with pytest.raises(FormatError):
        ranges(text, "")


def read(**records: object) -> tuple[list[Advisory], list[str]]:
    skipped: list[str] = []
    return list(advisories(BytesIO(as_json(records)), "nodejs-core", skipped)), skipped


def test_names_grade_and_windows() -> None:
    """One CVE is an alias, several are what the record is about; Windows flaws clear the rest."""
    one = {"vulnerable": "4.x", "patched": "^4.1.0", "cve": ["CVE-2020-0001"], "severity": "high"}
    two = one | {
        "cve": ["CVE-2020-0001", "CVE-2020-0002", "soon"],
        "affectedEnvironments": ["win32"],
    }
    (first, second), skipped = read(**{"1": one, "2": two})
    assert (first.aliases, first.upstream, first.severity) == (
        ("CVE-2020-0001",),
        (),
        Severity.HIGH,
    )
    assert (second.aliases, second.upstream) == ((), ("CVE-2020-0001", "CVE-2020-0002"))
    assert second.affected[0].state is FixState.NOT_AFFECTED
    assert skipped == []


def test_an_odd_record_costs_only_itself() -> None:
    """A record that cannot be read is named and left out."""
    good = {"vulnerable": "4.x"}
    found, skipped = read(**{"1": good, "2": {"vulnerable": 4}, "3": {"vulnerable": "newest"}})
    assert [one.id for one in found] == ["NODEJS-CORE-1"]
    assert [line.partition(":")[0] for line in skipped] == ["NODEJS-CORE-2", "NODEJS-CORE-3"]


@given(st.text("0123456789.xX^~<>=| -", max_size=60), st.text("0123456789.x^>=| ", max_size=40))
def test_any_range_is_answered(vulnerable: str, patched: str) -> None:
    """Every interval starts before it ends, or the text is refused."""
    try:
        found = ranges(vulnerable, patched)
    except FormatError:
        return
    for one in found:
        assert one.introduced not in (one.fixed, one.limit)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(content: bytes) -> None:
    """Damage is a FormatError."""
    try:
        list(advisories(BytesIO(content), "x", []))
    except FormatError:
        pass
