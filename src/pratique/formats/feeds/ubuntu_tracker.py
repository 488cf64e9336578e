"""
Read a file of the Ubuntu CVE Tracker: one CVE, its priority, its status per release and package.

The format is text: ``Field: value`` with indented lines that continue it, and per package lines
``release_package: status (note)``. Laws: ``released (v)`` is affected below ``v``; ``needed`` and
``pending (v)`` are affected with no published fix; ``deferred`` is put off; ``needs-triage`` is not
yet judged; ``not-affected`` and ``ignored (was not-affected …)`` are not affected; other
``ignored`` will not be fixed, or the release has ended; ``DNE`` (no such package there) says
nothing. ``Priority_pkg`` and ``Priority_pkg_release`` override the priority of the CVE.

Quirks: in the Pro products ``not-affected (1.1.1-1ubuntu2.1~18.04.22)`` means that the product has
taken over the version that fixed it, so an older one is affected: read as fixed at that version.
One package can have two entries that mean one ecosystem (``trusty/esm`` and
``esm-infra-legacy/trusty``): the more definite one counts. ``released`` without a version cannot be
compared and is kept without a range. ``upstream``, ``devel`` and ``snap`` are no releases.

Source: https://git.launchpad.net/ubuntu-cve-tracker, README and scripts/cve_lib.py.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from pratique.formats.feeds.feed_scores import cvss_score
from pratique.formats.feeds.feed_text import cut, cwes_in, is_cve, links
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.formats.feeds.ubuntu_releases import ecosystem_of
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Score, Severity

_STATUS = re.compile(
    r"^(?!upstream_|devel_)([a-z][a-z0-9/.-]{0,60})_([a-zA-Z0-9][a-zA-Z0-9.+-]{0,120}):[ \t]*"
    r"(released|needed|pending|deferred|needs-triage|not-affected|ignored|active|in-progress)"
    r"\b[ \t]*([^\n]{0,400})",
    re.MULTILINE,
)
"""A line of a release; ``DNE``, the most frequent by far, is passed over inside the engine."""

_FIELD = re.compile(
    r"^(Candidate|PublicDate|References|Description|Ubuntu-Description|Priority(?:_[^:\n]{1,200})?"
    r"|CVSS|CWE):[ \t]*([^\n]*(?:\n[ \t]+[^\n]*)*)",
    re.MULTILINE,
)
_VECTOR = re.compile(
    r"([\w.@-]{1,60}):[ \t]*(CVSS:[34]\.[01]/[A-Za-z:/]{10,250})(?:[ \t]*\[([0-9.]{1,4}))?"
)
_VERSION = re.compile(r"\(?\(?([0-9][A-Za-z0-9.+:~-]{0,200})")
_REVISION = re.compile(r"[0-9][A-Za-z0-9.+:~]{0,100}-[A-Za-z0-9.+~-]{1,100}")
_ENDED = re.compile(r"end[ -]of[ -](?:life|(?:standard|kernel) support)|out of standard support")
_EVERY = (Range(),)
_RANK = {FixState.FIXED: 3, FixState.NOT_AFFECTED: 2, FixState.NOT_FIXED: 1}
"""Which of two entries for one package and ecosystem counts; anything else is 0."""

_SHOWN = frozenset(["ignored", "pending", "deferred", "not-affected"])


def advisory(content: bytes, feed: str) -> Advisory:
    """
    Return the statements of one file.

    Raises:
        FormatError: it is not a file of the tracker.
    """
    text = content.decode(errors="replace")
    fields = {found[1]: found[2].strip() for found in _FIELD.finditer(text)}
    cve = fields.get("Candidate", "")
    if not is_cve(cve):
        raise FormatError(f"not a CVE of the Ubuntu tracker: {cve[:60]!r}")
    words = _priorities(fields)
    return Advisory(
        id=AdvisoryId(cve),
        feed=feed,
        affected=tuple(_statements(text, words)),
        upstream=(cve,),
        description=cut(fields.get("Ubuntu-Description") or fields.get("Description", "")),
        severity=severity_of_word(words.get("", "")),
        scores=tuple(_scores(fields, words)),
        cwes=cwes_in([fields.get("CWE", "")]),
        references=links((f"https://ubuntu.com/security/{cve}", *_lines(fields, "References"))),
        published=iso_date(fields.get("PublicDate", "")),
    )


def _lines(fields: dict[str, str], name: str) -> list[str]:
    return [line.strip() for line in fields.get(name, "").split("\n")]


def _priorities(fields: dict[str, str]) -> dict[str, str]:
    """Return the priority words: of the CVE under the empty key, of a package under its own."""
    words = {}
    for name, value in fields.items():
        if name.startswith("Priority"):
            key = name[len("Priority") :].lstrip("_").replace("/", "_")
            words[key] = value.partition("\n")[0].partition(" ")[0]
    return words


def _scores(fields: dict[str, str], words: dict[str, str]) -> Iterator[Score]:
    if words.get("", "") not in ("", "untriaged"):
        yield vendor_score("ubuntu", words[""])
    for source, vector, value in _VECTOR.findall(fields.get("CVSS", "")):
        yield cvss_score(source, vector, _number(value))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _statements(text: str, words: dict[str, str]) -> Iterator[Affected]:
    """Yield one statement per ecosystem and package."""
    chosen: dict[tuple[str, str], tuple[_Judgement, str]] = {}
    for release, package, status, rest in _STATUS.findall(text):
        ecosystem = ecosystem_of(release)
        if not ecosystem:
            continue
        judgement = _judged(status, rest, "Pro:" in ecosystem)
        key = (ecosystem, package)
        if key not in chosen or judgement.rank > chosen[key][0].rank:
            chosen[key] = (judgement, release)
    for (ecosystem, package), (judgement, release) in chosen.items():
        yield Affected(
            ecosystem=ecosystem,
            name=intern(package),
            ranges=judgement.ranges,
            state=judgement.state,
            severity=_severity(words, package, release) if len(words) > 1 else None,
            note=judgement.note,
        )


def _severity(words: dict[str, str], package: str, release: str) -> Severity | None:
    """Return the grade a package has of its own in a release, None where it is the CVE's."""
    # Written as in the status lines, ``Priority_bind9_trusty/esm``, or with a slash before it.
    word = words.get(f"{package}_{release.replace('/', '_')}") or words.get(package, "")
    severity = severity_of_word(word)
    return None if severity is Severity.UNKNOWN else severity


@lru_cache(maxsize=1 << 15)
def _judged(status: str, rest: str, pro: bool) -> "_Judgement":
    """Return what a line says; kernels repeat the same words a hundredfold."""
    rest = rest.strip()
    note = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest.strip("()")
    note = note.strip()
    state = _state(status, note)
    if pro and state is FixState.NOT_AFFECTED and _REVISION.fullmatch(note):
        state = FixState.FIXED
    shown = f"{status}: {note}" if note and status in _SHOWN else ""
    return _Judgement(state, _ranges(state, note), shown, _RANK.get(state, 0))


class _Judgement(NamedTuple):
    """What one line says: ``rank`` decides between two lines about the same thing."""

    state: FixState
    ranges: tuple[Range, ...]
    note: str
    rank: int


def _state(status: str, note: str) -> FixState:
    if status == "released":
        return FixState.FIXED
    if status == "not-affected" or (status == "ignored" and "was not-affected" in note):
        return FixState.NOT_AFFECTED
    if status == "ignored":
        return FixState.END_OF_LIFE if _ENDED.search(note) else FixState.WILL_NOT_FIX
    if status == "deferred":
        return FixState.DEFERRED
    if status == "needs-triage":
        return FixState.UNDER_INVESTIGATION
    return FixState.NOT_FIXED


def _ranges(state: FixState, note: str) -> tuple[Range, ...]:
    if state is FixState.NOT_AFFECTED:
        return ()
    if state is not FixState.FIXED:
        return _EVERY
    version = _VERSION.match(note)
    return (Range(fixed=version[1]),) if version else ()
