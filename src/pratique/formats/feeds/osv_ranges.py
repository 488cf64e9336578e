"""
Turn the events of an OSV range into pairs (introduced, end).

Law: the union of the pairs is what OSV's evaluation calls affected. Events that do not alternate
have no pairs; ``widest`` then holds at least every version that OSV would call affected.
Source: https://ossf.github.io/osv-schema/ (1.7), "affected[].ranges[].events" and "Evaluation".
"""

from collections.abc import Sequence

from msgspec import Struct

from pratique.model.advisory import Range


class Event(Struct, gc=False):
    """One event; exactly one of the four is set in a valid record."""

    introduced: str | None = None
    fixed: str | None = None
    last_affected: str | None = None
    limit: str | None = None


class DescribedRange(Struct):
    """One range as a record writes it."""

    type: str = ""
    events: list[Event] | None = None


def pairs(events: Sequence[Event], kind: str) -> tuple[Range, ...] | None:
    """
    Return the events of one range as pairs, None where they do not alternate.

    >>> found = pairs([Event(introduced="1"), Event(fixed="2"), Event(introduced="3")], "SEMVER")
    >>> [(one.introduced, one.fixed) for one in found]
    [('1', '2'), ('3', '')]
    """
    limit = next((e.limit for e in events if e.limit and e.limit != "*"), "")
    found: list[Range] = []
    start: str | None = None
    for event in events:
        if event.introduced is not None:
            if start is not None:
                return None
            start = event.introduced
        if event.fixed is not None or event.last_affected is not None:
            if start is None:
                return None
            found.append(Range(start, event.fixed or "", event.last_affected or "", limit, kind))
            start = None
    if start is not None:
        found.append(Range(start, "", "", limit, kind))
    return tuple(found)


def widest(events: Sequence[Event], kind: str) -> tuple[Range, ...]:
    """
    Return ranges that hold at least every version OSV would call affected.

    Several ends after one introduction are taken to lie after it, as their order in the list says.
    """
    starts = [e.introduced for e in events if e.introduced is not None]
    if len(starts) != 1 or events[0].introduced is None:
        return tuple(Range(introduced=start, kind=kind) for start in starts or ["0"])
    ends = events[1:]
    return tuple(Range(starts[0], e.fixed or "", e.last_affected or "", "", kind) for e in ends)
