"""Say what an advisory, a rule or a unit means, in words."""

import importlib
import textwrap
from collections.abc import Iterator
from types import ModuleType

import click

from pratique.advisories.database import Database
from pratique.formats.text import printable
from pratique.kit import folders, registry
from pratique.model.advisory import Advisory, Affected, CveRecord
from pratique.model.errors import UsageError

KINDS = ("sources", "extractors", "advisories", "matchers", "enrichers", "reports")
RULE_FOLDERS = ("matchers", "pipelines")
"""Folders whose modules may declare ``RULES``: name of the rule -> what it means."""

WIDTH = 80
_MOST_AFFECTED = 40


@click.command(short_help="Say what an advisory, rule or unit means.")
@click.argument("name", metavar="ID")
def command(name: str) -> None:
    """
    Say what ID means: an advisory (CVE-2024-3094), a rule (ambiguous-layer) or a unit (dpkg).

    Advisories are looked up in the data that are on this machine; nothing is fetched.
    """
    lines = [*_rules(name), *_units(name), *_advisories(name)]
    if not lines:
        raise UsageError(
            f"nothing is known as {name[:80]!r}",
            hint="units: `pratique list`; advisories: `pratique db update` fetches data first",
        )
    click.echo("\n".join(lines))


def rules() -> dict[str, str]:
    """Return every rule of ours (a finding that is no published flaw) and what it means."""
    found: dict[str, str] = {}
    for module in (name for folder in RULE_FOLDERS for name in registry.modules(folder)):
        found |= getattr(importlib.import_module(module), "RULES", {})
    return found


def _rules(name: str) -> Iterator[str]:
    words = rules().get(name)
    if words is not None:
        yield from (f"{name} (rule)", "", *textwrap.wrap(words, WIDTH), "")


def _units(name: str) -> Iterator[str]:
    for kind in KINDS:
        for unit in registry.load(kind).values():
            if name == unit.NAME:
                yield from _documented(kind, name, unit)


def _documented(kind: str, name: str, unit: ModuleType) -> Iterator[str]:
    yield f"{name} ({kind})"
    yield ""
    yield from textwrap.dedent(unit.__doc__ or "").strip().splitlines()
    yield ""


def _advisories(name: str) -> Iterator[str]:
    folder = folders.cache_folder() / "advisories"
    if not folder.is_dir():
        return
    with Database(folder) as database:
        record = database.cve(name)
        if record is not None:
            yield from _cve(record)
        for advisory in database.advisories(name):
            yield from _advisory(advisory)
        exploited = database.exploited(name)
        if exploited is not None:
            yield f"Known exploited since {exploited.added} (CISA KEV), due {exploited.due}."
        prediction = database.epss(name)
        if prediction is not None:
            yield f"EPSS {prediction.probability:.2%} within 30 days ({prediction.date})."


def _cve(record: CveRecord) -> Iterator[str]:
    yield f"{record.id}  {printable(record.title)}"
    for score in record.scores:
        yield f"  {score.source} {score.kind} {score.value}  {printable(score.vector)}"
    yield from _paragraph(record.description)
    yield ""


def _advisory(advisory: Advisory) -> Iterator[str]:
    yield f"{printable(advisory.id)}  {printable(advisory.title)}".rstrip() + f"  [{advisory.feed}]"
    others = [n for n in (*advisory.aliases, *advisory.upstream) if n != advisory.id]
    if others:
        yield "  also: " + printable(", ".join(others))
    if advisory.published or advisory.modified:
        yield f"  published {advisory.published or '?'}, modified {advisory.modified or '?'}"
    for score in advisory.scores:
        value = f" {score.value}" if score.value is not None else ""
        yield f"  {score.source} {score.kind}{value}  {printable(score.vector)}"
    yield from _paragraph(advisory.description)
    for affected in advisory.affected[:_MOST_AFFECTED]:
        yield "  " + printable(_affected(affected))
    if len(advisory.affected) > _MOST_AFFECTED:
        yield f"  … and {len(advisory.affected) - _MOST_AFFECTED} more packages"
    for reference in advisory.references[:5]:
        yield "  " + printable(reference)
    yield ""


def _affected(affected: Affected) -> str:
    where = f"{affected.ecosystem} {affected.name}"
    ranges = "; ".join(
        f"from {r.introduced} to before {r.fixed}"
        if r.fixed
        else f"from {r.introduced} to {r.last_affected}"
        if r.last_affected
        else f"from {r.introduced} on, no fix"
        for r in affected.ranges
    )
    note = f" ({affected.note})" if affected.note else ""
    return f"{where}: {affected.state}" + (f", {ranges}" if ranges else "") + note


def _paragraph(text: str) -> Iterator[str]:
    for line in textwrap.wrap(printable(text), WIDTH - 2)[:12]:
        yield "  " + line
