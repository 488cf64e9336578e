"""
Read records of the Open Source Vulnerability format as advisories.

Laws: only ``FormatError`` escapes, whatever the bytes are. A version is affected by the advisory
exactly when OSV's own evaluation says so of the record: the events of a range become pairs
(introduced, end), whose union is the range. Where a publisher's events do not alternate, the
enumerated ``versions`` decide; without those the widest reading counts (no affected version is
lost) and the note says so. ``versions`` are otherwise left out: they repeat the ranges and may be
huge.
``GIT`` ranges name commits, which no package of an image has.

Bounds: those of ``feed_text``, ``MAX_MODULES``; cut text ends in "…".
Source: https://ossf.github.io/osv-schema/ (1.7); ``osv_ranges`` for events, ``osv_go`` for Go;
ecosystem_specific and database_specific as the publishers named below write them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from pratique.formats.feeds.feed_text import MAX_REFERENCES, MAX_TITLE, cut, is_cve, unique
from pratique.formats.feeds.osv_go import imports_of, own_ranges
from pratique.formats.feeds.osv_ranges import DescribedRange, pairs, widest
from pratique.formats.feeds.package_names import normal_name
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Import, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Score, Severity

MAX_MODULES = 4

_DISTRO_CVE = re.compile(r"[A-Za-z]{1,32}-(CVE-[0-9]{4}-[0-9]{4,19})")
_MODULE = re.compile(r"(?<![\w:.+-])([a-z0-9][\w.+-]{0,60}:[\w.+-]{1,40})")
_GRADE = re.compile(r"(Critical|Important|Moderate|Low): ")

_SCORERS = {
    "ALBA": "almalinux",
    "ALEA": "almalinux",
    "ALSA": "almalinux",
    "CVE": "nvd",
    "DEBIAN": "osv",
    "GHSA": "ghsa",
    "GO": "go",
    "HSEC": "haskell",
    "PYSEC": "pypa",
    "RHBA": "redhat",
    "RHEA": "redhat",
    "RHSA": "redhat",
    "RLSA": "rocky",
    "RUSTSEC": "rustsec",
    "RXSA": "rocky",
    "SUSE": "suse",
    "UBUNTU": "ubuntu",
    "USN": "ubuntu",
    "openSUSE": "suse",
}
"""Who scored, by the prefix of the record; OSV converts ``CVE-`` records from NVD."""

_ERRATA = frozenset(
    [
        "ALBA",
        "ALEA",
        "ALSA",
        "DLA",
        "DSA",
        "DTSA",
        "LSN",
        "MGAA",
        "MGASA",
        "RHBA",
        "RHEA",
        "RHSA",
        "RLSA",
        "RXSA",
        "SUSE",
        "USN",
        "openSUSE",
    ]
)
"""Publishers that name the flaws of an erratum in ``related`` (before ``upstream`` existed)."""

_WORDS = 300
_WITHDRAWN = ("this advisory has been withdrawn", "has withdrawn this advisory")
_GO = "Go"
_CVSS = {"CVSS_V2": "CVSS:2.0", "CVSS_V3": "CVSS:3.1", "CVSS_V4": "CVSS:4.0"}


class _Package(Struct, gc=False):
    ecosystem: str = ""
    name: str = ""


class _Severity(Struct, gc=False):
    type: str = ""
    score: str = ""


class _Reference(Struct, gc=False):
    type: str = ""
    url: str = ""


class _Affected(Struct):
    package: _Package | None = None
    ranges: list[DescribedRange] | None = None
    versions: list[str] | None = None
    severity: list[_Severity] | None = None
    # Free-form by the schema: looked into only where a known key stands in the text.
    ecosystem_specific: msgspec.Raw = msgspec.Raw()
    database_specific: msgspec.Raw = msgspec.Raw()


class _Record(Struct):
    id: str
    modified: str = ""
    published: str | None = None
    withdrawn: str | None = None
    aliases: list[str] | None = None
    upstream: list[str] | None = None
    related: list[str] | None = None
    summary: str | None = None
    details: str | None = None
    severity: list[_Severity] | None = None
    affected: list[_Affected] | None = None
    references: list[_Reference] | None = None
    database_specific: msgspec.Raw = msgspec.Raw()


_DECODER = msgspec.json.Decoder(_Record)


class _Context(NamedTuple):
    """What the statements of one record share."""

    modules: tuple[str, ...]
    severity: Severity | None


def base_of(ecosystem: str) -> str:
    """
    Return an ecosystem's name without its release.

    >>> base_of("Ubuntu:Pro:18.04:LTS"), base_of("Red Hat:enterprise_linux:9::baseos")
    ('Ubuntu', 'Red Hat')
    """
    return ecosystem.partition(":")[0]


def parse(raw: bytes, *, feed: str, base: str = "") -> Advisory:
    """
    Return one record as an advisory, keeping the statements on ``base`` (all, if empty).

    Args:
        raw: the JSON text of one record.
        feed: the name of the feed it came from.
        base: the ecosystem without release (``Debian``).

    Raises:
        FormatError: it is no JSON, or not a record of this format.
    """
    try:
        record = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(f"not an OSV record: {str(error)[:200]}") from None
    if not record.id or len(record.id) > MAX_TITLE:
        raise FormatError("an OSV record without an id")
    return _advisory(record, feed, base)


def _advisory(record: _Record, feed: str, base: str) -> Advisory:
    prefix = record.id.partition("-")[0]
    scorer = _SCORERS.get(prefix, "osv")
    title = record.summary or ""
    grades = tuple(_grades(record, title, scorer))
    scores = tuple(_scores(record.severity, scorer)) + grades
    upstream, related = _flaws(record, prefix)
    context = _Context(tuple(_modules(title)), _ubuntu(record.severity))
    return Advisory(
        id=AdvisoryId(record.id),
        feed=feed,
        affected=tuple(_statements(record.affected or (), base, context)),
        aliases=unique(record.aliases or ()),
        upstream=upstream,
        related=related,
        title=cut(title, MAX_TITLE),
        description=cut(record.details or ""),
        severity=next((score.severity for score in grades), context.severity or Severity.UNKNOWN),
        scores=scores,
        cwes=_cwes(record),
        references=_references(record.references),
        published=record.published or "",
        modified=record.modified,
        withdrawn=record.withdrawn or _withdrawn_in_words(record),
        malicious=prefix == "MAL",
    )


def _withdrawn_in_words(record: _Record) -> str:
    """
    Return when a record was changed whose text alone says that it is withdrawn, else empty.

    GitHub begins such a text with the word and the reason; mirrors have lost the field for it.
    """
    start = (record.details or "")[:_WORDS].lower()
    return record.modified if any(words in start for words in _WITHDRAWN) else ""


def _statements(entries: Iterable[_Affected], base: str, context: _Context) -> Iterable[Affected]:
    for entry in entries:
        package = entry.package
        if package is None or not package.name or not package.ecosystem:
            continue
        if base and base_of(package.ecosystem) != base:
            continue
        ranges, versions, note = _extent(entry)
        imports: tuple[Import, ...] = ()
        if package.ecosystem == _GO:
            ranges = own_ranges(ranges, entry.ecosystem_specific)
            imports = imports_of(entry.ecosystem_specific)
        urgency = _key(entry.ecosystem_specific, "urgency")
        informational = _key(entry.database_specific, "informational")
        notes = (
            note,
            f"urgency: {urgency}" if urgency else "",
            f"informational: {informational}" if informational else "",
        )
        modular = any(".module" in interval.fixed for interval in ranges)
        for module in (context.modules if modular else ()) or ("",):
            yield Affected(
                ecosystem=package.ecosystem,
                name=normal_name(package.ecosystem, package.name),
                ranges=ranges,
                versions=versions,
                state=_state(ranges, urgency),
                module=module,
                severity=_known(severity_of_word(urgency)) or _ubuntu(entry.severity),
                note="; ".join(filter(None, notes)),
                imports=imports,
            )


def _extent(entry: _Affected) -> tuple[tuple[Range, ...], tuple[str, ...], str]:
    """Return which versions an entry means: ranges, enumerated versions, and a remark."""
    versions = tuple(entry.versions or ())
    ranges: list[Range] = []
    for described in entry.ranges or ():
        if described.type == "GIT" or not described.events:
            continue
        kind = "SEMVER" if described.type == "SEMVER" else "ECOSYSTEM"
        paired = pairs(described.events, kind)
        if paired is None and versions:
            return (), versions, ""
        if paired is None:
            note = "the publisher's events are not in pairs: the widest reading was taken"
            return widest(described.events, kind), (), note
        ranges += paired
    return tuple(ranges), () if ranges else versions, ""


def _state(ranges: Sequence[Range], urgency: str) -> FixState:
    if any(not interval.fixed and not interval.last_affected for interval in ranges):
        return FixState.END_OF_LIFE if urgency == "end-of-life" else FixState.NOT_FIXED
    if any(interval.fixed for interval in ranges):
        return FixState.FIXED
    return FixState.UNKNOWN


def _flaws(record: _Record, prefix: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ``upstream`` and ``related``, with the flaws of older errata where they belong."""
    upstream = list(record.upstream or ())
    own = _DISTRO_CVE.fullmatch(record.id)
    if own:
        upstream.append(own[1])
    related = record.related or []
    if prefix in _ERRATA:
        upstream += [name for name in related if is_cve(name)]
        related = [name for name in related if not is_cve(name)]
    return unique(upstream), unique(related)


def _grades(record: _Record, title: str, scorer: str) -> Iterable[Score]:
    """Yield the publisher's own grade: GHSA's field, or the first word of an erratum's title."""
    word = _key(record.database_specific, "severity").lower()
    found = _GRADE.match(title)
    if not word and found and scorer in ("almalinux", "rocky", "redhat"):
        word = found[1].lower()
    if word:
        yield vendor_score(scorer, word)


def _scores(entries: Sequence[_Severity] | None, scorer: str) -> Iterable[Score]:
    for entry in entries or ():
        vector = entry.score[:MAX_TITLE]
        if entry.type in _CVSS:
            kind = vector[:8] if vector.startswith("CVSS:") else _CVSS[entry.type]
            yield Score(source=scorer, kind=kind, vector=vector)
        elif entry.type == "Ubuntu":
            yield vendor_score("ubuntu", vector)


def _ubuntu(entries: Sequence[_Severity] | None) -> Severity | None:
    words = (entry.score for entry in entries or () if entry.type == "Ubuntu")
    return _known(severity_of_word(next(words, "")))


def _known(severity: Severity) -> Severity | None:
    return None if severity is Severity.UNKNOWN else severity


def _modules(title: str) -> Iterable[str]:
    """Yield the rpm module streams that an erratum's title names (``nodejs:18``)."""
    seen = dict.fromkeys(found[1] for found in _MODULE.finditer(title[:MAX_TITLE]))
    return list(seen)[:MAX_MODULES]


def _cwes(record: _Record) -> tuple[str, ...]:
    named = _value(record.database_specific, "cwe_ids")
    if not isinstance(named, list):
        return ()
    return unique(name for name in named if isinstance(name, str))


def _references(entries: Sequence[_Reference] | None) -> tuple[str, ...]:
    ordered = sorted(entries or (), key=lambda entry: entry.type != "ADVISORY")
    return unique((entry.url for entry in ordered), MAX_REFERENCES)


def _key(raw: msgspec.Raw, key: str) -> str:
    """Return a text of a free-form object, empty where it is absent or something else."""
    found = _value(raw, key)
    return found[:80] if isinstance(found, str) else ""


def _value(raw: msgspec.Raw, key: str) -> object:
    if b'"' + key.encode() + b'"' not in bytes(raw):
        return None
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found.get(key) if isinstance(found, dict) else None
