"""
Read the Debian security tracker: what Debian says of every flaw in every source package.

One JSON object: source package → flaw → releases → status. Law: ``fixed_version`` ``0`` means the
package of that release was never affected; ``open`` is affected with no fix; ``resolved`` is fixed
at ``fixed_version``; ``undetermined`` is not yet judged. ``nodsa`` says why no security advisory
will come (the fix may still come with a point release); ``nodsa_reason`` narrows it to ``ignored``
(will not be fixed) or ``postponed``. The urgency ``end-of-life`` means Debian no longer supports
the package; ``unimportant`` that it is no risk in the binaries as built. Stars after an urgency
("low**") mark a grade set by machine.

Bounds: the file (60–80 MB) is held once as bytes; records are decoded one flaw at a time.
Source: https://security-tracker.debian.org/tracker/data/json; bin/tracker_service.py and
doc/security-team.d.o of salsa.debian.org/security-tracker-team/security-tracker.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from pratique.formats.feeds.debian_releases import ecosystem_of
from pratique.formats.feeds.feed_text import MAX_TITLE, cut, cves_in, unique
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score, worst
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity

_EVERY = (Range(),)
_CODENAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_UNGRADED = frozenset(["", "not yet assigned", "end-of-life"])


class _Status(Struct):
    status: str = ""
    urgency: str = ""
    fixed_version: str = ""
    nodsa: str | None = None
    nodsa_reason: str | None = None


class _Flaw(Struct):
    releases: dict[str, _Status] = {}
    description: str | None = None
    debianbug: int | None = None


_FILE = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])
_FLAW = msgspec.json.Decoder(_Flaw)


def advisories(content: bytes, feed: str) -> Iterator[Advisory]:
    """
    Yield one advisory per flaw (``CVE-…`` or ``TEMP-…``), sorted by name.

    Raises:
        FormatError: it is not the tracker's JSON.
    """
    by_flaw: dict[str, list[tuple[str, msgspec.Raw]]] = defaultdict(list)
    try:
        for package, flaws in _FILE.decode(content).items():
            for flaw, raw in flaws.items():
                by_flaw[flaw].append((package, raw))
        for flaw in sorted(by_flaw):
            records = [(package, _FLAW.decode(raw)) for package, raw in by_flaw.pop(flaw)]
            yield _advisory(flaw, records, feed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(f"not the Debian tracker's JSON: {str(error)[:200]}") from None


def _advisory(flaw: str, records: list[tuple[str, _Flaw]], feed: str) -> Advisory:
    statements = tuple(
        _statement(package, codename, status)
        for package, record in records
        for codename, status in record.releases.items()
        if _CODENAME.fullmatch(codename)
    )
    words = unique(s.urgency for _, record in records for s in record.releases.values())
    bugs = unique(str(record.debianbug) for _, record in records if record.debianbug)
    described = next((r.description for _, r in records if r.description), "")
    return Advisory(
        id=AdvisoryId(flaw[:MAX_TITLE]),
        feed=feed,
        affected=statements,
        upstream=cves_in(flaw),
        description=cut(described),
        severity=worst(tuple(s.severity for s in statements if s.severity)),
        scores=tuple(vendor_score("debian", word[:MAX_TITLE]) for word in words),
        references=(
            f"https://security-tracker.debian.org/tracker/{flaw[:MAX_TITLE]}",
            *(f"https://bugs.debian.org/{bug}" for bug in bugs),
        ),
    )


def _statement(package: str, codename: str, status: _Status) -> Affected:
    state = _state(status)
    severity = severity_of_word(status.urgency)
    return Affected(
        ecosystem=ecosystem_of(codename),
        name=package,
        ranges=_ranges(state, status.fixed_version),
        state=state,
        severity=None if severity is Severity.UNKNOWN else severity,
        note=_note(status),
    )


def _state(status: _Status) -> FixState:
    if status.fixed_version == "0":
        return FixState.NOT_AFFECTED
    if status.fixed_version and status.status == "resolved":
        return FixState.FIXED
    if status.status == "undetermined":
        return FixState.UNDER_INVESTIGATION
    if status.urgency == "end-of-life":
        return FixState.END_OF_LIFE
    if status.nodsa_reason == "ignored":
        return FixState.WILL_NOT_FIX
    if status.nodsa_reason == "postponed":
        return FixState.DEFERRED
    return FixState.NOT_FIXED if status.status == "open" else FixState.UNKNOWN


def _ranges(state: FixState, fixed: str) -> tuple[Range, ...]:
    if state is FixState.NOT_AFFECTED:
        return ()
    return (Range(fixed=fixed),) if state is FixState.FIXED else _EVERY


def _note(status: _Status) -> str:
    parts = [] if status.urgency in _UNGRADED else [f"urgency: {status.urgency}"]
    if status.nodsa is not None:
        reason = f", {status.nodsa_reason}" if status.nodsa_reason else ""
        parts.append(f"no DSA{reason}: {status.nodsa}")
    return cut("; ".join(parts), MAX_TITLE)
