"""
Read the Arch Linux security tracker: groups of flaws that one fix closes (AVG).

One JSON list. Law: a package is affected below ``fixed``, or, without one, at every version;
``Not affected`` says it never was; ``Unknown`` that nobody has judged it yet; ``Testing`` that the
fix is not in the stable repositories yet. ``affected`` is the version at which the flaw was noted,
not the first that has it, so it bounds nothing.

Source: https://security.archlinux.org/issues/all.json, github.com/archlinux/arch-security-tracker.
"""

from collections.abc import Iterator
from typing import IO

from msgspec import Struct

from pratique.formats.feeds.feed_text import MAX_TITLE, is_cve, unique
from pratique.formats.feeds.json_items import decode_json, list_objects
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range

ECOSYSTEM = "Arch Linux"
_RECORD_BYTES = 1 << 20
_STATES = {
    "Fixed": FixState.FIXED,
    "Testing": FixState.NOT_FIXED,
    "Vulnerable": FixState.NOT_FIXED,
    "Not affected": FixState.NOT_AFFECTED,
    "Unknown": FixState.UNDER_INVESTIGATION,
}


class _Group(Struct):
    name: str
    packages: list[str]
    status: str
    severity: str = ""
    type: str = ""
    affected: str | None = None
    fixed: str | None = None
    issues: list[str] = []
    advisories: list[str] = []


def advisories(stream: IO[bytes], feed: str) -> Iterator[Advisory]:
    """
    Yield one advisory per group, in the order of the file.

    Raises:
        FormatError: it is not the tracker's JSON.
    """
    for raw in list_objects(stream, max_bytes=_RECORD_BYTES):
        yield _advisory(decode_json(raw, _Group), feed)


def _advisory(group: _Group, feed: str) -> Advisory:
    pages = unique((group.name, *group.advisories))
    return Advisory(
        id=AdvisoryId(group.name[:MAX_TITLE]),
        feed=feed,
        affected=tuple(_statement(group, package) for package in unique(group.packages)),
        upstream=unique(filter(is_cve, group.issues)),
        related=unique(group.advisories),
        title=group.type[:MAX_TITLE],
        severity=severity_of_word(group.severity),
        scores=(vendor_score("archlinux", group.severity[:MAX_TITLE]),) if group.severity else (),
        references=tuple(f"https://security.archlinux.org/{page[:80]}" for page in pages),
    )


def _statement(group: _Group, package: str) -> Affected:
    state = _STATES.get(group.status, FixState.UNKNOWN)
    never = state is FixState.NOT_AFFECTED
    return Affected(
        ecosystem=ECOSYSTEM,
        name=package,
        ranges=() if never else (Range(fixed=group.fixed or ""),),
        state=state,
        note="" if group.status == "Fixed" else f"status: {group.status[:60]}",
    )
