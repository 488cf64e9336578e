"""
Read the Node.js project's own list of flaws in Node.js: what is vulnerable less what is patched.

One JSON object, records by number. Law: a version is affected when ``vulnerable`` holds it and
``patched`` does not, both being ranges as npm writes them; this reader turns the difference into
intervals, so that the first patched version of a line is its fix. A bare version among the patched
ones is the release that brought the fix, so what follows it on its line is patched too. A flaw that
the record limits to Windows is said not to affect the programs that are matched here. What is no
such range is skipped, never guessed.

Source: https://github.com/nodejs/security-wg/tree/main/vuln/core (file index.json),
https://github.com/npm/node-semver#ranges.
"""

import re
from collections.abc import Iterable, Iterator
from typing import IO

from msgspec import Raw, Struct

from pratique.formats.feeds.feed_scores import cvss_score
from pratique.formats.feeds.feed_text import MAX_TITLE, cut, is_cve, links, unique
from pratique.formats.feeds.json_items import decode_json
from pratique.formats.feeds.severity_words import severity_of_word
from pratique.formats.packed import read_all
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError

ECOSYSTEM = "Node.js"
NAME = "node"
_MOST_BYTES = 16 << 20
_RANGE_CHARS = 2000
_COMPARATOR = re.compile(r"(\^|~|>=|<=|<|>|=)?v?([0-9]{1,6}(?:\.(?:[0-9]{1,6}|[xX*])){0,2})")

Version = tuple[int, int, int]
Interval = tuple[Version, Version]
"""From the first version to before the second."""
_START: Version = (0, 0, 0)
_END: Version = (1 << 30, 0, 0)


class _Record(Struct):
    vulnerable: str
    patched: str = ""
    cve: list[str] = []
    ref: str = ""
    description: str = ""
    overview: str = ""
    severity: str = ""
    cvss: str = ""
    publish_date: str = ""
    affectedEnvironments: list[str] = []


def advisories(stream: IO[bytes], feed: str, skipped: list[str]) -> Iterator[Advisory]:
    """
    Yield one advisory for each record, in the order of the file.

    Args:
        stream: the file.
        feed: the name to put on them.
        skipped: takes in what could not be read, as "id: reason".

    Raises:
        FormatError: it is not that list.
    """
    records = decode_json(read_all(stream, _MOST_BYTES), dict[str, Raw])
    for number, raw in records.items():
        name = f"NODEJS-CORE-{number[:20]}"
        try:
            yield _advisory(name, decode_json(bytes(raw), _Record), feed)
        except FormatError as error:
            skipped.append(f"{name}: {error}")


def ranges(vulnerable: str, patched: str) -> tuple[Range, ...]:
    """
    Return what is vulnerable and not patched.

    Raises:
        FormatError: one of them is no range.

    >>> [(r.introduced, r.fixed) for r in ranges("4.x || 6.x", "^4.8.4 || ^6.11.1")]
    [('4.0.0', '4.8.4'), ('6.0.0', '6.11.1')]
    """
    fixes = _intervals(patched, fixing=True) if patched.strip() else []
    found: list[Range] = []
    for interval in _intervals(vulnerable):
        found += [_range(rest, fixes) for rest in _less(interval, fixes)]
    return tuple(dict.fromkeys(found))


def _advisory(name: str, record: _Record, feed: str) -> Advisory:
    cves = unique(filter(is_cve, record.cve))
    windows = record.affectedEnvironments == ["win32"]
    affected = Affected(
        ecosystem=ECOSYSTEM,
        name=NAME,
        ranges=ranges(record.vulnerable, record.patched),
        state=FixState.NOT_AFFECTED if windows else FixState.UNKNOWN,
        note="on Windows only" if windows else "",
    )
    scored = record.cvss.startswith("CVSS:")
    return Advisory(
        id=AdvisoryId(name),
        feed=feed,
        affected=(affected,),
        aliases=cves if len(cves) == 1 else (),
        upstream=cves if len(cves) > 1 else (),
        title=cut(record.description, MAX_TITLE),
        description=cut(record.overview),
        severity=severity_of_word(record.severity),
        scores=(cvss_score("nodejs", record.cvss),) if scored else (),
        references=links([record.ref]) if record.ref else (),
        published=record.publish_date[:40],
    )


def _range(rest: Interval, fixes: Iterable[Interval]) -> Range:
    """Return an interval, with the first patched version of its line as its fix."""
    start, end = rest
    fix = min((low for low, _ in fixes if low >= end and low[0] == start[0]), default=None)
    if fix is None and any(low == end for low, _ in fixes):
        fix = end
    return Range(
        introduced="0" if start == _START else _text(start),
        fixed=_text(fix) if fix else "",
        limit="" if end in (fix, _END) else _text(end),
        kind="SEMVER",
    )


def _less(interval: Interval, taken: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what is left of an interval."""
    start, end = interval
    for low, high in sorted(taken):
        if high <= start or low >= end:
            continue
        if low > start:
            yield start, low
        start = max(start, high)
    if start < end:
        yield start, end


def _intervals(text: str, *, fixing: bool = False) -> list[Interval]:
    if len(text) > _RANGE_CHARS:
        raise FormatError(f"a range of {len(text)} characters")
    return [_alternative(part, fixing=fixing) for part in text.split("||")]


def _alternative(text: str, *, fixing: bool) -> Interval:
    """Return the versions that satisfy all comparators of one alternative."""
    start, end = _START, _END
    squeezed = re.sub(r"([<>=~^])[ ]+", r"\1", text).split()
    for word in squeezed:
        found = _COMPARATOR.fullmatch(word)
        if found is None:
            raise FormatError(f"not a range of versions: {text[:60]!r}")
        bare = not found[1] and found[2].count(".") == 2 and found[2][-1].isdigit()
        low, high = _comparator("^" if fixing and bare else found[1] or "", found[2])
        start, end = max(start, low), min(end, high)
    if not squeezed or start >= end:
        raise FormatError(f"not a range of versions: {text[:60]!r}")
    return start, end


def _comparator(operator: str, text: str) -> Interval:
    numbers = [int(part) for part in text.split(".") if part.isdigit()]
    low = _padded(numbers)
    after = _next(numbers, len(numbers) - 1)
    if operator == "^":
        significant = next((i for i, number in enumerate(numbers) if number), len(numbers) - 1)
        return low, _next(numbers, significant)
    if operator == "~":
        return low, _next(numbers, min(1, len(numbers) - 1))
    bounds = {">=": (low, _END), ">": (after, _END), "<": (_START, low), "<=": (_START, after)}
    return bounds.get(operator, (low, after))


def _next(numbers: list[int], position: int) -> Version:
    return _padded([*numbers[:position], numbers[position] + 1])


def _padded(numbers: list[int]) -> Version:
    major, minor, patch = (*numbers, 0, 0)[:3]
    return major, minor, patch


def _text(version: Version) -> str:
    return ".".join(map(str, version))
