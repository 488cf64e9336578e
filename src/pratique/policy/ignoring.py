"""
Apply the rules of ignore files and exceptions to findings.

Laws: a finding that a rule means is suppressed with the rule's place and reason, and stays in the
report; the first rule in order counts. A rule that names no flaw touches published flaws only, never
malware, tampering, or what else was found in a package. A rule whose time is over does nothing. What
is suppressed already keeps its reason.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.ignore.glob import glob_matches
from pratique.formats.ignore.rule import IgnoreRule
from pratique.formats.ignore.times import instant
from pratique.formats.purl_matching import purl_matches
from pratique.model.advisory import FixState
from pratique.model.finding import Evidence, Finding, FindingKind, Suppressor
from pratique.model.package import Package, Scope

_MAX_NAME = 256
"""Longer names are compared with no pattern: the pattern is a person's, the name an image's."""


class Ignored(Struct, frozen=True, kw_only=True):
    """The findings in their order, and the places of the rules that meant one."""

    findings: tuple[Finding, ...]
    used: frozenset[str]


def ignore_findings(
    findings: Iterable[Finding],
    packages: Mapping[str, Package],
    rules: Sequence[IgnoreRule],
    now: datetime,
) -> Ignored:
    """
    Return the findings, those that a live rule means suppressed.

    Args:
        findings: of one subject.
        packages: its packages by ``Package.key``.
        rules: in the order of their files.
        now: the time of the scan.
    """
    live = [rule for rule in rules if not is_over(rule, now)]
    out: list[Finding] = []
    used: set[str] = set()
    for finding in findings:
        package = packages.get(finding.package)
        meant = (rule for rule in live if _means(rule, finding, package))
        found = None if finding.suppressed else next(meant, None)
        if found is None:
            out.append(finding)
            continue
        used.add(found.place)
        who = Suppressor.EXCEPTION if found.exception else Suppressor.IGNORE_RULE
        out.append(replace(finding, suppressed=_reason(found), suppressed_by=who))
    return Ignored(findings=tuple(out), used=frozenset(used))


def is_over(rule: IgnoreRule, now: datetime) -> bool:
    """Return whether a rule's time is over; one whose end cannot be read holds no more either."""
    if not rule.expires:
        return False
    end = instant(rule.expires)
    return end is None or end <= now


def _reason(rule: IgnoreRule) -> str:
    owner = f"{rule.owner}: " if rule.owner else ""
    until = f", until {rule.expires[:10]}" if rule.expires else ""
    said = f"{owner}{rule.reason}" if rule.reason else owner.rstrip(": ") or "no reason given"
    return f"{said} ({rule.place}{until})"


def _means(rule: IgnoreRule, finding: Finding, package: Package | None) -> bool:
    return (
        _kind(rule, finding)
        and _name(rule, finding)
        and _fix(rule, finding)
        and _vex(rule, finding)
        and _place(rule, finding)
        and _package(rule, package)
        and _data(rule, finding)
    )


def _kind(rule: IgnoreRule, finding: Finding) -> bool:
    if finding.kind not in rule.kinds:
        return False
    return bool(rule.names) or finding.kind is FindingKind.VULNERABILITY


def _name(rule: IgnoreRule, finding: Finding) -> bool:
    if not rule.names:
        return True
    records = (one.advisory for one in finding.evidence)
    known = {finding.rule, *records} if rule.own_id else {finding.rule, *finding.names}
    return any(name in known for name in rule.names)


def _fix(rule: IgnoreRule, finding: Finding) -> bool:
    if not rule.fix_states:
        return True
    state = FixState.FIXED if finding.fix.version else finding.fix.state
    return state in rule.fix_states


def _vex(rule: IgnoreRule, finding: Finding) -> bool:
    if rule.vex_status and rule.vex_status != finding.vex_status:
        return False
    return not rule.vex_justification or rule.vex_justification == finding.vex_justification


def _place(rule: IgnoreRule, finding: Finding) -> bool:
    if rule.line and rule.line != finding.line:
        return False
    if not rule.paths:
        return True
    outer = finding.location.partition("!")[0]
    places = {finding.location, finding.location.replace("!", "/"), outer} - {""}
    return any(glob_matches(path, place) for path in rule.paths for place in places)


def _package(rule: IgnoreRule, package: Package | None) -> bool:
    asked = (rule.purls, rule.package, rule.upstream, rule.version, rule.types, rule.group)
    if not any(asked):
        return True
    if package is None:
        return False
    if rule.purls and not any(purl_matches(one, package.purl) for one in rule.purls):
        return False
    if rule.package and not _named(rule.package, rule.package_pattern, package.name):
        return False
    if rule.upstream and not _named(rule.upstream, rule.upstream_pattern, package.source_name):
        return False
    if rule.version and rule.version != package.version:
        return False
    if rule.types and package.type not in rule.types:
        return False
    return not rule.group or rule.group == _GROUPS.get(package.scope, "")


def _named(wanted: str, is_pattern: bool, name: str) -> bool:
    if not is_pattern:
        return wanted == name
    return len(name) <= _MAX_NAME and re.fullmatch(wanted, name) is not None


def _data(rule: IgnoreRule, finding: Finding) -> bool:
    """Compare with what was looked up: the ecosystem, and under whose name."""
    if rule.ecosystem:
        asked = (one.ecosystem for one in finding.evidence)
        if not any(_is_of(rule.ecosystem, one) for one in asked):
            return False
    if not rule.match_type:
        return True
    return any(_match_type(finding, one) == rule.match_type for one in finding.evidence)


def _is_of(wanted: str, ecosystem: str) -> bool:
    return ecosystem == wanted or ecosystem.startswith(f"{wanted}:")


def _match_type(finding: Finding, said: Evidence) -> str:
    """Return Grype's word for how a record was found."""
    if said.ecosystem == "NVD":
        return "cpe-match"
    direct = said.name.lower() == finding.package_name.lower() or not _is_os(finding.package)
    return "exact-direct-match" if direct else "exact-indirect-match"


def _is_os(key: str) -> bool:
    return key.startswith(("pkg:deb/", "pkg:rpm/", "pkg:apk/", "pkg:alpm/", "pkg:opkg/"))


_GROUPS = {Scope.DEVELOPMENT: "dev", Scope.OPTIONAL: "optional"}
