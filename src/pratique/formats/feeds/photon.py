"""
Read Photon OS's CVE metadata: which package version fixes which CVE, one file per release.

A JSON list of flat entries. Law: a package is affected below ``res_ver``; ``NA`` there means that
there is no fix yet; the status ``Not Affected`` says that it never was. ``cve_score`` is a CVSS
number without its vector.

Source: https://packages.broadcom.com/photon/photon_cve_metadata/
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import IO

from msgspec import Struct

from pratique.formats.cvss import severity_of_value
from pratique.formats.feeds.feed_text import is_cve, unique
from pratique.formats.feeds.json_items import decode_json, list_objects
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.severity import Score, Severity

_RECORD_BYTES = 1 << 20
_UNFIXED = frozenset(["", "NA", "N/A"])
_HIGHEST = 10.0


class _Entry(Struct):
    cve_id: str
    pkg: str
    cve_score: float | None = None
    res_ver: str | None = None
    status: str | None = None


class Fix(Struct, frozen=True, gc=False):
    """One entry: what ``release`` says of a CVE in a package."""

    release: str
    cve: str
    package: str
    state: FixState
    fixed: str
    score: float | None


def fixes(stream: IO[bytes], release: str) -> Iterator[Fix]:
    """
    Yield every entry about a CVE.

    Raises:
        FormatError: it is not a file of this format.
    """
    for raw in list_objects(stream, max_bytes=_RECORD_BYTES):
        entry = decode_json(raw, _Entry)
        fixed = (entry.res_ver or "").strip()
        state = FixState.NOT_FIXED if fixed in _UNFIXED else FixState.FIXED
        if (entry.status or "").lower() == "not affected":
            state = FixState.NOT_AFFECTED
        score = entry.cve_score
        score = score if score is not None and 0.0 <= score <= _HIGHEST else None
        if is_cve(entry.cve_id):
            fixed = fixed if state is FixState.FIXED else ""
            yield Fix(release, entry.cve_id, entry.pkg, state, fixed, score)


def advisories(found: Iterable[Fix], feed: str) -> Iterator[Advisory]:
    """Yield one advisory per CVE, sorted by name, from the entries of any number of releases."""
    by_cve: dict[str, list[Fix]] = defaultdict(list)
    for fix in found:
        by_cve[fix.cve].append(fix)
    for cve in sorted(by_cve):
        group = by_cve.pop(cve)
        value = max((fix.score for fix in group if fix.score is not None), default=None)
        severity = Severity.UNKNOWN if value is None else severity_of_value(value)
        yield Advisory(
            id=AdvisoryId(cve),
            feed=feed,
            affected=tuple(_statements(group)),
            upstream=(cve,),
            severity=severity,
            scores=()
            if value is None
            else (Score("vmware", "vendor", f"{value}", value, severity),),
        )


def _statements(group: Iterable[Fix]) -> Iterator[Affected]:
    """Yield one statement per release and package; a fix outweighs an entry without one."""
    entries: dict[tuple[str, str], list[Fix]] = defaultdict(list)
    for fix in group:
        entries[fix.release, fix.package].append(fix)
    for (release, package), said in entries.items():
        fixed = unique(fix.fixed for fix in said)
        never = all(fix.state is FixState.NOT_AFFECTED for fix in said)
        unfixed = FixState.NOT_AFFECTED if never else FixState.NOT_FIXED
        yield Affected(
            ecosystem=f"Photon OS:{release}",
            name=package,
            ranges=tuple(Range(fixed=version) for version in fixed)
            or (() if never else (Range(),)),
            state=FixState.FIXED if fixed else unfixed,
        )
