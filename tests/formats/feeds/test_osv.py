"""OSV records become advisories that mean the same versions."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pratique.formats.feeds.feed_text import MAX_REFERENCES, MAX_TEXT
from pratique.formats.feeds.osv import base_of, parse
from pratique.model.advisory import Advisory, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.feeds import osv_record

Event = dict[str, str]


def read(record: Mapping[str, object], base: str = "") -> Advisory:
    return parse(json.dumps(record).encode(), feed="osv", base=base)


def affected_by(
    *ranges: Mapping[str, object], ecosystem: str = "Debian:12", **more: object
) -> tuple[Affected, ...]:
    entry = {"package": {"ecosystem": ecosystem, "name": "p"}, "ranges": ranges, **more}
    return read(osv_record("CVE-2026-1", affected=[entry])).affected


def events(*pairs: tuple[str, str], kind: str = "ECOSYSTEM") -> dict[str, object]:
    return {"type": kind, "events": [{name: value} for name, value in pairs]}


def test_a_record_is_read_whole() -> None:
    """Ids, texts, dates, references and scores come across."""
    record = osv_record(
        "DEBIAN-CVE-2026-1234",
        aliases=["GHSA-aaaa-bbbb-cccc"],
        upstream=["CVE-2026-1234"],
        severity=[{"type": "CVSS_V3", "score": "CVSS:3.0/AV:N"}],
        references=[{"type": "WEB", "url": "https://b"}, {"type": "ADVISORY", "url": "https://a"}],
        database_specific={"cwe_ids": ["CWE-79"]},
    )

    advisory = read(record)

    assert advisory.aliases == ("GHSA-aaaa-bbbb-cccc",)
    assert advisory.upstream == ("CVE-2026-1234",)
    assert advisory.references == ("https://a", "https://b")
    assert advisory.cwes == ("CWE-79",)
    assert [(s.source, s.kind, s.vector) for s in advisory.scores] == [
        ("osv", "CVSS:3.0", "CVSS:3.0/AV:N")
    ]
    assert advisory.modified == "2026-01-02T03:04:05Z"
    assert advisory.affected == (
        Affected(
            ecosystem="Debian:12",
            name="openssl",
            ranges=(Range("0", "1.2-3"),),
            state=FixState.FIXED,
        ),
    )


def test_both_spellings_of_a_distributions_cve_name_the_flaw() -> None:
    """``DEBIAN-CVE-…`` (since 2025) points at its CVE even where ``upstream`` is absent."""
    assert read(osv_record("DEBIAN-CVE-2026-1234")).upstream == ("CVE-2026-1234",)
    assert read(osv_record("ALPINE-CVE-2026-1234")).upstream == ("CVE-2026-1234",)
    assert read(osv_record("CVE-2026-1234")).upstream == ()


@pytest.mark.parametrize("name", ["DSA-5764-1", "RLSA-2026:1", "ALSA-2026:1", "SUSE-SU-2026:1-1"])
def test_older_errata_name_their_flaws_as_upstream(name: str) -> None:
    """Where publishers put CVEs into ``related``, they are what the erratum is about."""
    advisory = read(osv_record(name, related=["CVE-2026-1", "CVE-2026-0002", "DSA-1-1"]))

    assert advisory.upstream == ("CVE-2026-0002",)
    assert advisory.related == ("CVE-2026-1", "DSA-1-1")


def test_only_the_shards_ecosystem_is_kept() -> None:
    """A record about several ecosystems gives each shard its own statements."""
    record = osv_record("CVE-2026-1234")
    other = osv_record("x", "Alpine:v3.20", "openssl")
    record["affected"] = [*record["affected"], *other["affected"]]  # type: ignore[misc]

    assert [a.ecosystem for a in read(record, "Alpine").affected] == ["Alpine:v3.20"]
    assert [a.ecosystem for a in read(record, "Debian").affected] == ["Debian:12"]
    assert len(read(record).affected) == 2
    assert read(record, "Deb").affected == ()


def test_base_is_what_stands_before_the_first_colon() -> None:
    """Releases may hold colons and spaces themselves."""
    assert base_of("Red Hat:enterprise_linux:9::baseos") == "Red Hat"
    assert base_of("Maven:https://repo.example/maven") == "Maven"
    assert base_of("npm") == "npm"


def test_enumerated_versions_only_stand_in_for_ranges() -> None:
    """They repeat the ranges, except where there are none or only git ones."""
    git = {"type": "GIT", "repo": "https://x", "events": [{"introduced": "abc"}]}

    assert affected_by(events(("introduced", "0")), versions=["1", "2"])[0].versions == ()
    assert affected_by(git, versions=["1", "2"])[0].versions == ("1", "2")
    assert affected_by(versions=["1", "2"])[0].versions == ("1", "2")


@pytest.mark.parametrize(
    ("urgency", "severity", "state"),
    [
        ("unimportant", Severity.NEGLIGIBLE, FixState.NOT_FIXED),
        ("high**", Severity.HIGH, FixState.NOT_FIXED),
        ("not yet assigned", None, FixState.NOT_FIXED),
        ("end-of-life", None, FixState.END_OF_LIFE),
    ],
)
def test_debians_urgency_is_kept(urgency: str, severity: Severity | None, state: FixState) -> None:
    """It grades the statement, says when support ended, and stays readable."""
    [affected] = affected_by(events(("introduced", "0")), ecosystem_specific={"urgency": urgency})

    assert (affected.severity, affected.state) == (severity, state)
    assert affected.note == f"urgency: {urgency}"


def test_ubuntus_priority_is_a_grade() -> None:
    """``severity.type`` Ubuntu is a word, not a vector."""
    advisory = read(
        osv_record("UBUNTU-CVE-2026-1234", severity=[{"type": "Ubuntu", "score": "low"}])
    )

    assert advisory.severity is Severity.LOW
    assert [(s.source, s.kind, s.vector) for s in advisory.scores] == [("ubuntu", "vendor", "low")]


@pytest.mark.parametrize(
    ("name", "more", "source", "severity"),
    [
        ("GHSA-a", {"database_specific": {"severity": "MODERATE"}}, "ghsa", Severity.MEDIUM),
        ("ALSA-2026:1", {"summary": "Important: kernel update"}, "almalinux", Severity.HIGH),
        ("RLSA-2026:1", {"summary": "Critical: firefox update"}, "rocky", Severity.CRITICAL),
        ("PYSEC-1", {"summary": "Critical: not a grade of the publisher"}, "", Severity.UNKNOWN),
    ],
)
def test_the_publishers_own_grade_is_kept(
    name: str, more: dict[str, object], source: str, severity: Severity
) -> None:
    """GitHub's field and the first word of a RHEL rebuild's title say whose grade it is."""
    advisory = read(osv_record(name, **more))

    assert advisory.severity is severity
    assert [s.source for s in advisory.scores if s.kind == "vendor"] == ([source] if source else [])


def test_module_streams_come_from_the_title() -> None:
    """OSV has no field for them; a statement on a modular build is limited to the streams named."""
    modular = events(("introduced", "0"), ("fixed", "1:18.1-1.module+el9+2"))
    entry = {"package": {"ecosystem": "AlmaLinux:9", "name": "nodejs"}, "ranges": [modular]}
    plain = {
        "package": {"ecosystem": "AlmaLinux:9", "name": "other"},
        "ranges": [events(("introduced", "0"), ("fixed", "1-1.el9"))],
    }
    title = "Important: nodejs:18 and 389-ds:1.4 security update"

    advisory = read(osv_record("ALSA-2026:1", summary=title, affected=[entry, plain]))

    assert [(a.name, a.module) for a in advisory.affected] == [
        ("nodejs", "nodejs:18"),
        ("nodejs", "389-ds:1.4"),
        ("other", ""),
    ]


def test_a_record_that_only_its_text_calls_withdrawn_is_withdrawn() -> None:
    """Mirrors lose the field; GitHub begins the text with it. A mention further on is none."""
    words = "## Duplicate Advisory\nThis advisory has been withdrawn because it is a duplicate."
    assert read(osv_record("GHSA-x", details=words)).withdrawn
    other = "**Withdrawn**\nGitHub has withdrawn this advisory in place of GHSA-y."
    assert read(osv_record("GHSA-x", details=other)).withdrawn
    assert not read(osv_record("GHSA-x", details="A flaw. " * 50 + words)).withdrawn


def test_withdrawn_and_malicious_are_marked() -> None:
    """The shard decides what to do with them."""
    assert read(osv_record("GHSA-x", withdrawn="2026-02-01T00:00:00Z")).withdrawn
    assert read(osv_record("MAL-2026-1")).malicious


def test_long_texts_are_cut_visibly() -> None:
    """A description of any length costs a bounded row."""
    many = [{"type": "WEB", "url": f"https://x/{n}"} for n in range(100)]
    advisory = read(osv_record("CVE-2026-1", details="x" * 9000, references=many))

    assert len(advisory.description) == MAX_TEXT
    assert advisory.description.endswith("…")
    assert len(advisory.references) == MAX_REFERENCES


def test_nulls_are_absences() -> None:
    """Publishers write null where the schema allows a list or text."""
    nulls = dict.fromkeys(
        ("aliases", "related", "upstream", "affected", "references", "severity", "summary")
    )

    assert read(osv_record("CVE-2026-1", **nulls)).affected == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"id": ""}',
        b'{"id": 1}',
        b'{"id": "CVE-1", "affected": [{"package": 1}]}',
        b'{"id": "CVE-1", "details": "\xff"}',
        b'{"id": "CVE-1", "details": "\\ud800"}',
        b'{"id":"CVE-1","x":' + b"[" * 100_000,
    ],
)
def test_what_is_no_record_is_refused(raw: bytes) -> None:
    """Cut, mistyped and too deeply nested text is a FormatError."""
    with pytest.raises(FormatError):
        parse(raw, feed="osv")


def test_events_out_of_pairs_use_the_enumeration() -> None:
    """Old PYSEC records list several ends; the enumerated versions are what OSV means."""
    several = events(("introduced", "0"), ("last_affected", "3.1"), ("last_affected", "3.0"))

    [listed] = affected_by(several, versions=["3.0"])
    [widest] = affected_by(several)

    assert (listed.ranges, listed.versions) == ((), ("3.0",))
    assert [r.last_affected for r in widest.ranges] == ["3.1", "3.0"]
    assert "not in pairs" in widest.note


def affected_in_osv(version: int, described: list[Event]) -> bool:
    """Evaluate a range as the OSV schema's pseudo-code does, with integers as versions."""
    vulnerable = False
    # Of two events at one version an introduction counts before a fix, a last one comes after.
    order = {"introduced": 0, "fixed": 1, "last_affected": 2}
    for event in sorted(
        described, key=lambda e: (int(next(iter(e.values()))), order[next(iter(e))])
    ):
        [(kind, value)] = event.items()
        if kind == "introduced" and version >= int(value):
            vulnerable = True
        if (kind == "fixed" and version >= int(value)) or (
            kind == "last_affected" and version > int(value)
        ):
            vulnerable = False
    return vulnerable


def affected_here(version: int, ranges: tuple[Range, ...]) -> bool:
    return any(
        int(r.introduced) <= version
        and (not r.fixed or version < int(r.fixed))
        and (not r.last_affected or version <= int(r.last_affected))
        for r in ranges
    )


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(["fixed", "last_affected"]), min_size=4, max_size=4),
    st.randoms(use_true_random=False),
)
def test_ranges_mean_what_osv_says(bounds: list[int], ends: list[str], random: object) -> None:
    """For pairs in any order, a version is affected here exactly when OSV's evaluation says so."""
    ordered = sorted(bounds)
    pairs = [
        [{"introduced": str(start)}, *([{end: str(stop)}] if stop is not None else [])]
        for start, stop, end in zip(
            ordered[::2], [*ordered[1::2], None][: len(ordered[::2])], ends, strict=False
        )
    ]
    last = pairs.pop() if len(pairs[-1]) == 1 else None
    random.shuffle(pairs)  # type: ignore[attr-defined]
    described = [event for pair in [*pairs, *([last] if last else [])] for event in pair]

    [affected] = affected_by({"type": "ECOSYSTEM", "events": described})

    for version in range(62):
        assert affected_here(version, affected.ranges) == affected_in_osv(version, described)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["introduced", "fixed", "last_affected"]), st.integers(0, 9).map(str)
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_affected_version_is_lost(described: list[tuple[str, str]]) -> None:
    """However the events stand, every version OSV calls affected is affected here."""
    as_events = [{kind: value} for kind, value in described]
    starts = [int(value) for kind, value in described if kind == "introduced"]
    # One introduction and only ends before it: no publisher means that.
    assume(len(starts) != 1 or all(int(value) >= starts[0] for _, value in described))

    [affected] = affected_by({"type": "ECOSYSTEM", "events": as_events})

    if "not in pairs" in affected.note:
        for version in range(11):
            if affected_in_osv(version, as_events):
                assert affected_here(version, affected.ranges)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        "id",
        "modified",
        "affected",
        "package",
        "ecosystem",
        "name",
        "ranges",
        "type",
        "events",
        "introduced",
        "fixed",
        "versions",
        "severity",
        "score",
        "aliases",
        "references",
        "url",
        "database_specific",
        "ecosystem_specific",
        "urgency",
    ]
)


@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_only_format_errors_escape(raw: bytes) -> None:
    """Whatever the bytes are."""
    try:
        parse(raw, feed="osv")
    except FormatError:
        pass


@given(st.dictionaries(KEYS, JSON, max_size=12), st.dictionaries(KEYS, JSON, max_size=8))
def test_only_format_errors_escape_near_the_format(
    record: dict[str, object], entry: dict[str, object]
) -> None:
    """Records that look right at first sight are read or refused, and never by accident."""
    record = {"id": "CVE-2026-1", "affected": [entry], **record}
    try:
        advisory = parse(json.dumps(record).encode(), feed="osv")
    except FormatError:
        return
    assert advisory.id
    for name in (advisory.id, advisory.title, advisory.description, *advisory.aliases):
        name.encode()  # what is kept can be stored: no half of a surrogate pair
