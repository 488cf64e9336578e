"""
Apply the comments of a file to its findings.

Laws: a finding whose line a comment reaches, and one of whose names it says, is suppressed with the
comment's place and reason, and stays in the report. Names are compared without regard to case; an
id that ``AVD-`` precedes is the same. A comment whose time is over does nothing, one that meets
nothing is told by who asks (``Applied.idle``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.ignore.inline import EVERY, Pragma
from pratique.formats.ignore.times import instant
from pratique.model.finding import Finding, Suppressor


class Applied(Struct, frozen=True, kw_only=True):
    """The findings in their order, and the comments that met none."""

    findings: tuple[Finding, ...]
    idle: tuple[Pragma, ...] = ()


def apply_pragmas(findings: Iterable[Finding], pragmas: Sequence[Pragma], now: datetime) -> Applied:
    """Return the findings of one file, those that a live comment means suppressed."""
    live = [one for one in pragmas if not _is_over(one, now)]
    used: set[Pragma] = set()
    out: list[Finding] = []
    for finding in findings:
        found = next((one for one in live if _means(one, finding)), None)
        if found is None or finding.suppressed:
            out.append(finding)
            continue
        used.add(found)
        reason = f"{found.reason or 'no reason given'} ({finding.location}:{found.line})"
        out.append(replace(finding, suppressed=reason, suppressed_by=Suppressor.IGNORE_RULE))
    return Applied(findings=tuple(out), idle=tuple(one for one in pragmas if one not in used))


def _is_over(one: Pragma, now: datetime) -> bool:
    if not one.until:
        return False
    end = instant(one.until)
    return end is None or end <= now


def _means(one: Pragma, finding: Finding) -> bool:
    if not one.first <= finding.line <= one.last:
        return False
    known = {_plain(name) for name in (finding.rule, *finding.names)}
    return any(_plain(name) in known or name.lower() == EVERY for name in one.names)


def _plain(name: str) -> str:
    return name.lower().removeprefix("avd-")
