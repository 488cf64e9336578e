"""
Add to findings when their package was seen at work.

Not a unit: what was seen is of one image, and comes from whoever watched it run. Law: absence says
nothing, so no finding is changed or dropped for want of a record. A package that is a part of a
package of the distribution is marked where that one was seen too: one file is both.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace

from pratique.model.in_use import InUse, Usage
from pratique.model.report import Subject

_SECOND = 1_000_000_000
_YEAR_9999_S = 253_402_300_799


def mark_in_use(subject: Subject, seen: Iterable[InUse]) -> Subject:
    """Return a subject whose findings say when their package was seen at work."""
    used = _by_package(seen)
    if not used:
        return subject
    owners = {one.key: one.owner for one in subject.packages if one.owner}
    findings = []
    for finding in subject.findings:
        found = used.get(finding.package) or used.get(owners.get(finding.package, ""))
        findings.append(replace(finding, in_use=found) if found else finding)
    return replace(subject, findings=tuple(findings))


def _by_package(seen: Iterable[InUse]) -> dict[str, Usage]:
    """Return for each package its first and last time, and the file that was seen last."""
    found: dict[str, list[InUse]] = {}
    for one in seen:
        found.setdefault(one.package, []).append(one)
    return {
        package: Usage(
            path=max(rows, key=lambda one: (one.last_ns, one.path)).path,
            first=_iso(min(one.first_ns for one in rows)),
            last=_iso(max(one.last_ns for one in rows)),
        )
        for package, rows in found.items()
        if package
    }


def _iso(time_ns: int) -> str:
    seconds = min(max(time_ns // _SECOND, 0), _YEAR_9999_S)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
