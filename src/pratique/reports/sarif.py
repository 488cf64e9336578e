"""
Render a report as SARIF 2.1.0, for code scanning views (GitHub, Azure DevOps, IDEs).

A flaw is a rule, a finding a result. In a folder results point at the file and line. An image has
no source file: its results point at the line of the Dockerfile that made their layer where one was
named and agrees with the image's history, else at line 1 of the pseudo path ``library/<image>`` (its repository without tag or digest, so that a new build
keeps its alerts), and name the package, or the place in the image, as logical location. Fingerprints leave versions and
digests out for the same reason. Over 25,000 results the worst are kept and the rest is said as a
notification. Unknowns are notifications; a blocking one makes the run unsuccessful.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from msgspec import UNSET, Struct

from pratique.formats import sarif
from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.unknown import Unknown, Weight
from pratique.reports._encoding import json_bytes
from pratique.reports._places import hidden, place, repository_line, told
from pratique.reports._rules import level_of, rule
from pratique.reports._sentences import data_gaps
from pratique.reports._steps import step
from pratique.reports._subjects import pseudo_path
from pratique.reports.interface import Style

NAME = "sarif"
MEDIA_TYPE = "application/sarif+json"
SUFFIX = ".sarif"

_ARCH = re.compile(r"[?&]arch=([^&#]*)")
_LEVELS = {Weight.BLOCKING: "error", Weight.COVERAGE: "warning"}


class _Hit(Struct, frozen=True):
    """One finding of one subject."""

    finding: Finding
    subject: Subject


def render(report: Report, style: Style) -> bytes:
    """Return the log with one run over all subjects."""
    hits = [_Hit(finding, subject) for subject in report.subjects for finding in subject.findings]
    # Sorting is stable: the order of the report stays within one severity.
    hits.sort(key=lambda hit: (bool(hit.finding.suppressed), -hit.finding.severity.rank))
    kept = hits[: sarif.MAX_RESULTS]
    by_rule: dict[str, list[Finding]] = {}
    for hit in kept:
        by_rule.setdefault(hit.finding.rule, []).append(hit.finding)
    driver = sarif.Driver(
        name="pratique",
        semantic_version=report.tool_version,
        rules=tuple(rule(name, findings) for name, findings in by_rule.items()),
    )
    run = sarif.Run(
        tool=sarif.Tool(driver),
        automation_details=sarif.AutomationDetails(_category(report)),
        invocations=(_invocation(report, len(hits) - len(kept)),),
        column_kind="unicodeCodePoints",
        results=_results(kept, list(by_rule)),
    )
    return json_bytes(sarif.Log(version="2.1.0", schema=sarif.SCHEMA, runs=(run,)))


def _results(hits: Sequence[_Hit], rules: Sequence[str]) -> tuple[sarif.Result, ...]:
    positions = {name: position for position, name in enumerate(rules)}
    # Once one result says whether it is suppressed, all must (§3.27.23).
    mark = any(hit.finding.suppressed for hit in hits)
    return tuple(
        sarif.Result(
            rule_id=hit.finding.rule,
            rule_index=positions[hit.finding.rule],
            level=level_of(hit.finding.severity),
            message=sarif.plain(_message(hit.finding)),
            locations=(_location(hit),),
            partial_fingerprints=sarif.Fingerprints(fingerprint),
            suppressions=_suppressions(hit.finding) if mark else UNSET,
            properties=_properties(hit.finding),
        )
        for hit, fingerprint in zip(hits, _fingerprints(hits), strict=True)
    )


def _message(finding: Finding) -> str:
    package = f"{finding.package_name} {finding.package_version}".strip() or place(finding)
    title = told(finding).rstrip(".")
    words = [f"{package}: {title}"] if package else [title]
    end = step(finding)
    words += [end[:1].upper() + end[1:]] if package else []
    words += ["Known to be exploited"] if finding.exploited else []
    return printable(". ".join(words) + ".")


def _location(hit: _Hit) -> sarif.Location:
    finding = hit.finding
    file, line = repository_line(finding, hit.subject)
    spot = sarif.PhysicalLocation(
        artifact_location=sarif.Artifact(
            quote(file, safe="/-._~") if file else pseudo_path(hit.subject)
        ),
        region=sarif.Region(line),
    )
    if not finding.package and not finding.location:
        return sarif.Location(spot)
    thing = sarif.LogicalLocation(
        name=finding.package_name or finding.package or finding.location,
        fully_qualified_name=finding.package or place(finding),
        kind="package" if finding.package else "resource",
    )
    where = [f"in {place(finding)}"] if finding.location else []
    where += [hidden(finding)] if finding.hidden_by else []
    if finding.layer:
        where.append(f"layer {finding.layer.index}, {finding.layer.created_by[:200]}")
    message = sarif.plain(printable(", ".join(where))) if where else UNSET
    return sarif.Location(spot, (thing,), message)


def _fingerprints(hits: Iterable[_Hit]) -> list[str]:
    """Return a stable value for each result; the second of two that would be equal ends in 2."""
    seen = Counter[str]()
    values = []
    for hit in hits:
        value = _fingerprint(hit)
        seen[value] += 1
        values.append(f"{value}:{seen[value]}")
    return values


def _fingerprint(hit: _Hit) -> str:
    finding = hit.finding
    if hit.subject.kind is SubjectKind.FILE:  # made of the text of its line, not of its number
        return hashlib.sha256(finding.id.encode()).hexdigest()[:32]
    arch = _ARCH.search(finding.package)
    parts = (finding.kind, finding.rule, finding.package_name, arch[1] if arch else "")
    where = (finding.location, pseudo_path(hit.subject), _platform(hit.subject))
    return hashlib.sha256("\0".join((*parts, *where)).encode()).hexdigest()[:32]


def _suppressions(finding: Finding) -> tuple[sarif.Suppression, ...]:
    if not finding.suppressed:
        return ()
    return (sarif.Suppression("external", "accepted", finding.suppressed),)


def _properties(finding: Finding) -> dict[str, str]:
    facts = {
        "severity": finding.severity.value,
        "severitySource": finding.severity_source,
        "confidence": finding.confidence.value,
        "fixState": finding.fix.state.value,
        "fixedVersion": finding.fix.version,
        "fixOffer": finding.fix.offer,
        "comparison": finding.evidence[0].comparison if finding.evidence else "",
        "kind": finding.kind.value,
        "part": finding.part.value,
        "masked": finding.masked,
        "hiddenByLayer": finding.hidden_by.diff_id if finding.hidden_by else "",
        "layerDiffId": finding.layer.diff_id if finding.layer else "",
    }
    return {name: value for name, value in facts.items() if value}


def _category(report: Report) -> str:
    """
    Return the category that keeps one image's alerts apart from another's; ends in a slash.

    Linted files have one together, so that alerts stay when a file comes or goes.
    """
    if report.subjects and all(one.kind is SubjectKind.FILE for one in report.subjects):
        return "pratique/lint/"
    subjects = report.subjects[:1] if len(report.subjects) == 1 else report.subjects
    names = sorted({pseudo_path(subject) for subject in subjects})
    platform = _platform(subjects[0]) if len(subjects) == 1 else ""
    return "/".join(filter(None, ("pratique", *names[:1], platform))) + "/"


def _platform(subject: Subject) -> str:
    return quote(str(subject.image.config.platform), safe="/-._~") if subject.image else ""


def _invocation(report: Report, left_out: int) -> sarif.Invocation:
    unknowns = [unknown for subject in report.subjects for unknown in subject.unknowns]
    lines = [line for subject in report.subjects for line in data_gaps(subject, report)]
    notes = _notes(unknowns)
    notes += [sarif.Notification("warning", sarif.plain(line)) for line in lines]
    if left_out:
        text = f"{left_out} findings are left out: a run may hold {sarif.MAX_RESULTS}"
        notes.append(sarif.Notification("warning", sarif.plain(text)))
    return sarif.Invocation(
        execution_successful=all(unknown.weight is not Weight.BLOCKING for unknown in unknowns),
        end_time_utc=report.now,
        tool_execution_notifications=tuple(dict.fromkeys(notes)) or UNSET,
    )


def _notes(unknowns: Iterable[Unknown]) -> list[sarif.Notification]:
    return [
        sarif.Notification(
            _LEVELS[unknown.weight],
            sarif.plain(printable(f"{unknown.location}: {unknown.reason}")),
        )
        for unknown in unknowns
    ]
