"""List the units of a kind, from the folders' listings, and the plugins that add to them."""

import importlib
import textwrap
from itertools import groupby
from types import ModuleType
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec import Struct

from pratique.formats.text import printable
from pratique.kit import registry
from pratique.model.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_NAMES_ONLY = 20
"""Extractors of one group above which their names have to do."""
_WIDTH = 80

KINDS = (
    "sources",
    "extractors",
    "tamper",
    "secrets",
    "malware",
    "checks",
    "assessors",
    "advisories",
    "matchers",
    "enrichers",
    "remedies",
    "reports",
    "sensors",
    "workloads",
    "outputs",
    "responses",
)

WATCHED = ("rules", "sequences", "profiles")
"""What `watch` judges behaviour by is data or lies deeper; it is listed beside the units."""
LISTED = (*KINDS, *WATCHED)


class Listed(Struct, frozen=True, kw_only=True):
    """
    One line: ``plugin`` is the third party's distribution and version, empty for our own.

    ``group`` is the folder inside the kind's own that the unit lies in, empty where there is none.
    """

    kind: str
    name: str
    summary: str
    group: str = ""
    plugin: str = ""


def complete_kinds(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Return the kinds that begin as typed."""
    from click.shell_completion import CompletionItem  # only at a shell's Tab

    return [CompletionItem(kind) for kind in LISTED if kind.startswith(incomplete)]


@click.command("list", short_help="List the units of a kind.")
@click.argument("kind", required=False, metavar="[KIND]", shell_complete=complete_kinds)
@click.option("-o", "--output", "form", type=click.Choice(["table", "json"]), default="table")
def command(kind: str | None, form: str) -> None:
    """
    List the units of KIND: sources, extractors, tamper, secrets, malware, checks, assessors,
    advisories, matchers, enrichers, remedies, reports, sensors, workloads, outputs, responses, rules,
    sequences, profiles.

    Without KIND, list the kinds; with -o json, every unit of every kind. Installed plugins (units
    of third parties) are marked with the package that brought them; nothing of them is run.
    """
    if kind is not None and kind not in LISTED:
        raise UsageError(f"no kind {kind[:40]!r}", hint="kinds: " + ", ".join(LISTED))
    if form == "json":
        rows = [row for name in ([kind] if kind else LISTED) for row in listed(name)]
        click.echo(msgspec.json.format(msgspec.json.encode({"units": rows}), indent=2).decode())
    elif kind is None:
        click.echo("\n".join(LISTED))
    else:
        click.echo("\n".join(_lines(listed(kind))))


def listed(kind: str) -> list[Listed]:
    """Return the units of a kind by group and name, plugins last; or what behaviour is judged by."""
    if kind in WATCHED:
        from pratique.cli.explain_behaviour import summaries  # reads every rule: only when asked

        told = sorted(summaries(kind))
        return [Listed(kind=kind, name=name, summary=words) for name, words in told]
    own = sorted(
        ((_group(unit), name, unit) for name, unit in registry.load(kind).items()),
        key=lambda one: one[:2],
    )
    rows = [
        Listed(kind=kind, name=name, summary=registry.summary(unit), group=group)
        for group, name, unit in own
    ]
    for plugin in registry.plugins(kind):
        source = f"{plugin.distribution} {plugin.version}"
        summary = f"Plugin of {source}, used with --plugins."
        rows.append(Listed(kind=kind, name=plugin.name, summary=summary, plugin=source))
    return rows


def _group(unit: ModuleType) -> str:
    """Return the folder of a unit inside its kind's own: ``python`` of ``extractors/python/x.py``."""
    inside = unit.__name__.split(".")[2:-1]
    return inside[0] if inside else ""


def _lines(rows: list[Listed]) -> list[str]:
    """Return the rows, each group below what its folder is for."""
    lines: list[str] = []
    width = max((len(row.name) for row in rows), default=0)
    for group, members in groupby(rows, key=lambda row: row.group):
        if group:
            about = importlib.import_module(f"pratique.{rows[0].kind}.{group}")
            lines += ["", f"{group.upper()}  {registry.summary(about)}"]
        elif lines:
            lines.append("")
        lines += _members(list(members), width)
    return list(map(printable, lines[1:] if lines[:1] == [""] else lines))


def _members(rows: list[Listed], width: int) -> list[str]:
    indent = "  " if rows[0].group else ""
    if rows[0].group and rows[0].kind == "extractors" and len(rows) > _NAMES_ONLY:
        names = ", ".join(row.name for row in rows)
        return textwrap.wrap(names, _WIDTH, initial_indent=indent, subsequent_indent=indent)
    return [f"{indent}{row.name:<{width}}  {row.summary}" for row in rows]
