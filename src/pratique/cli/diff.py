"""
Say what changed between two images, reports or SBOMs, and why.

Exit codes: 0 done; 1 ``--fail-on-new`` is met; 2 a side cannot be identified.
"""

from collections.abc import Iterator

import click
import msgspec

from pratique.cli.options import option, target_options, wants_progress
from pratique.cli.progress import Progress
from pratique.cli.scanners import Looking, scanner_options
from pratique.formats.text import printable
from pratique.model.severity import Severity
from pratique.pipelines.diff_targets import diff_targets
from pratique.policy.differing import Difference, FindingChange, PackageChange

_MIB = 1 << 20
_FIRST = 30
"""Lines of one section of the table."""


class Arguments(Looking, frozen=True, kw_only=True):
    """The options of one comparison, as typed; ``target`` is the first side."""

    after: str
    form: str
    fail_on_new: bool
    at_least: str
    full: bool


@click.command(short_help="Say what changed between two images, and why.")
@click.argument("target", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option(
    "-o",
    "--output",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    help="How to tell.",
)
@option("--fail-on-new", is_flag=True, help="Exit 1 when there is a new finding.")
@option(
    "--at-least",
    type=click.Choice([one.value for one in Severity]),
    default="unknown",
    help="New findings of this severity or worse count for --fail-on-new.",
)
@option("--full", is_flag=True, help="List every change in the table.")
@scanner_options("vuln")
@target_options
def command(**given: object) -> int:
    """
    Say what changed from BEFORE to AFTER in packages, findings, layers, labels and size, and why.

    Each is a target as in `pratique scan` (an image, a folder, sbom:FILE), or a JSON report of an
    earlier scan.
    """
    return diff(Arguments(**given))  # type: ignore[arg-type]


def diff(arguments: Arguments) -> int:
    """
    Compare, tell, and return the exit code.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    with Progress(watched=wants_progress(arguments.quiet)) as progress:
        settings = arguments.scan_settings(progress)
        found = diff_targets(arguments.target, arguments.after, settings)
    if arguments.form == "json":
        document = {"schema": "pratique.diff/1", "difference": found}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
    else:
        lines = _markdown(found) if arguments.form == "markdown" else _table(found, arguments.full)
        for line in lines:
            click.echo(printable(line))
    floor = Severity(arguments.at_least).rank
    met = any(Severity(one.severity).rank >= floor for one in found.new)
    return 1 if arguments.fail_on_new and met else 0


def _table(found: Difference, full: bool) -> Iterator[str]:
    yield f"{found.before} → {found.after}"
    yield f"  {summary(found)}"
    sections = (
        ("New findings", [_finding("+", one) for one in found.new]),
        ("Findings that are gone", [_finding("-", one) for one in found.gone]),
        (
            "Judged otherwise",
            [f"{o.rule} in {o.package}: {o.before} → {o.after}" for o in found.regraded],
        ),
        ("Packages", [_package(one) for one in found.packages]),
        ("Layers", [*_layers(found)]),
        ("Fields", [f"{o.field}: {o.before or '–'} → {o.after or '–'}" for o in found.fields]),
    )
    for title, lines in sections:
        if lines:
            yield ""
            yield title
            shown = lines if full else lines[:_FIRST]
            yield from (f"  {line}" for line in shown)
            if len(shown) < len(lines):
                yield f"  and {len(lines) - len(shown)} more (--full lists them)"


def summary(found: Difference) -> str:
    """Return the figures of a difference in one line."""
    size = f"{found.size_bytes / _MIB:+.1f} MiB"
    return (
        f"{_counted(len(found.new), 'new finding')}, {len(found.gone)} gone, "
        f"{_counted(len(found.packages), 'package')} changed, "
        f"{_counted(found.layers_shared, 'layer')} shared, {size}"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _finding(sign: str, one: FindingChange) -> str:
    package = f" in {one.package} {one.version}" if one.package else f" in {one.location}"
    fix = f", fixed in {one.fix}" if one.fix else ""
    exploited = ", known to be exploited" if one.exploited else ""
    return f"{sign} {one.severity:<10} {one.rule}{package}{fix}{exploited}: {one.why}"


def _package(one: PackageChange) -> str:
    sign = "+" if not one.before else "-" if not one.after else "~"
    steps = " → ".join(filter(None, (", ".join(one.before), ", ".join(one.after))))
    return f"{sign} {one.type} {one.name} {steps}"


def _layers(found: Difference) -> Iterator[str]:
    for sign, layers in (("-", found.layers_gone), ("+", found.layers_new)):
        for one in layers:
            size = f"{max(0, one.size_bytes) / _MIB:.1f} MiB"
            yield f"{sign} {size:>10}  {one.created_by[:100] or one.diff_id[:19]}"


def _markdown(found: Difference) -> Iterator[str]:
    from pratique.reports._markdown import code

    yield f"### {code(found.before)} → {code(found.after)}"
    yield ""
    yield summary(found)
    for title, changes in (("New findings", found.new), ("Gone", found.gone)):
        if changes:
            yield ""
            yield f"**{title}**"
            yield ""
            yield "| Severity | Finding | In | Fixed in | Why |"
            yield "| --- | --- | --- | --- | --- |"
        for one in changes:
            where = f"{one.package} {one.version}" if one.package else one.location
            cells = (code(one.rule), code(where), code(one.fix or "–"), code(one.why))
            yield f"| {one.severity} | {' | '.join(cells)} |"
    if found.packages:
        yield ""
        yield "**Packages**"
        yield ""
        yield from (f"- {code(_package(one))}" for one in found.packages)
