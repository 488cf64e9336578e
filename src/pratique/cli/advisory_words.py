"""
Put what the data on this machine say of one flaw or advisory into words for a terminal.

Law: what matters most comes first: exploitation, scores, records about the flaw alone, then errata
that list it among others. Statements that say the same of several packages are one entry, a
description that several records share is told once.
"""

import textwrap
from collections.abc import Iterator

from pratique.advisories.database import Database
from pratique.formats.cvss import in_order
from pratique.formats.text import printable
from pratique.model.advisory import Advisory, Affected, CveRecord, FixState
from pratique.model.severity import Score

WIDTH = 80
_MOST_LINES = 20
_MOST_NAMES = 5
_MOST_REFERENCES = 5
_OWN_LINES, _LISTED_LINES = 12, 4
"""Lines of the description: of a record about the flaw alone, and of one about several."""


def advisory_words(database: Database, name: str) -> Iterator[str]:
    """Yield the lines on ``name``; nothing where it is not known."""
    record = database.cve(name)
    if record is not None:
        yield from _cve(record)
    yield from _danger(database, name)
    found = sorted(database.advisories(name), key=lambda one: (not _own(one, name), one.feed))
    told = {record.description} if record else set()
    for advisory in found:
        most = _OWN_LINES if _own(advisory, name) else _LISTED_LINES
        yield from _advisory(advisory, 0 if advisory.description in told else most)
        told.add(advisory.description)


def _own(advisory: Advisory, name: str) -> bool:
    flaws = {one for one in (*advisory.aliases, *advisory.upstream) if one.startswith("CVE-")}
    return name == advisory.id or flaws <= {name}


def _danger(database: Database, name: str) -> Iterator[str]:
    exploited = database.exploited(name)
    if exploited is not None:
        due = f", due {exploited.due}" if exploited.due else ""
        yield f"Known exploited since {exploited.added} (CISA KEV){due}."
    prediction = database.epss(name)
    if prediction is not None:
        yield f"EPSS: {prediction.probability:.2%} within 30 days (of {prediction.date[:10]})."
    if exploited is not None or prediction is not None:
        yield ""


def _cve(record: CveRecord) -> Iterator[str]:
    yield f"{printable(record.id)}  {printable(record.title)}".rstrip()
    yield from map(_score, record.scores)
    yield from _paragraph(record.description, _OWN_LINES)
    yield ""


def _advisory(advisory: Advisory, most: int) -> Iterator[str]:
    yield f"{printable(advisory.id)}  {printable(advisory.title)}".rstrip() + f"  [{advisory.feed}]"
    others = [n for n in (*advisory.aliases, *advisory.upstream) if n != advisory.id]
    if others:
        yield from _wrapped("also: " + printable(", ".join(dict.fromkeys(others))))
    days = {"published": advisory.published[:10], "modified": advisory.modified[:10]}
    if any(days.values()):
        yield "  " + printable(", ".join(f"{what} {day}" for what, day in days.items() if day))
    yield from map(_score, in_order(advisory.scores))
    yield from _paragraph(advisory.description, most)
    yield from _statements(advisory)
    for reference in advisory.references[:_MOST_REFERENCES]:
        yield "  " + printable(reference)
    yield ""


def _score(score: Score) -> str:
    value = "" if score.value is None else f" {score.value}"
    return f"  {score.source} {score.kind}{value}  {printable(score.vector)}"


def _statements(advisory: Advisory) -> Iterator[str]:
    """Yield one entry for each thing that is said of some packages of one release."""
    groups: dict[tuple[str, str], list[str]] = {}
    for affected in advisory.affected:
        said = groups.setdefault((affected.ecosystem, _said(affected)), [])
        if affected.name not in said:
            said.append(affected.name)
    entries = list(groups.items())
    for (ecosystem, words), packages in entries[:_MOST_LINES]:
        named = ", ".join(packages[:_MOST_NAMES])
        if len(packages) > _MOST_NAMES:
            named += f" and {len(packages) - _MOST_NAMES} more"
        yield from _wrapped(printable(f"{ecosystem} {named}: {words}"))
    if len(entries) > _MOST_LINES:
        left = entries[_MOST_LINES:]
        releases = len({ecosystem for (ecosystem, _), _ in left})
        yield f"  … and {len(left)} more statements on {releases} ecosystems"


def _said(affected: Affected) -> str:
    parts = [_STATES.get(affected.state, affected.state.replace("-", " "))]
    if affected.state is not FixState.NOT_AFFECTED:
        ranges = "; ".join(
            f"from {r.introduced} to before {r.fixed}"
            if r.fixed
            else f"from {r.introduced} to {r.last_affected}"
            if r.last_affected
            else f"from {r.introduced} on, no fix"
            for r in affected.ranges
        )
        listed = f"{len(affected.versions)} listed versions" if affected.versions else ""
        parts += [ranges or listed]
    parts += [f"module {affected.module}" if affected.module else "", ", ".join(affected.arches)]
    note = f" ({affected.note})" if affected.note else ""
    return ", ".join(filter(None, parts)) + note


def _paragraph(text: str, most: int) -> Iterator[str]:
    lines = textwrap.wrap(printable(text), WIDTH - 2)
    for line in lines[:most]:
        yield "  " + line
    if len(lines) > most > 0:
        yield "  …"


def _wrapped(text: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )


_STATES = {FixState.UNKNOWN: "affected"}
