"""List the units of a kind, from the folders' listings."""

import click

from pratique.kit import registry
from pratique.model.errors import UsageError

KINDS = ("sources", "extractors", "advisories", "matchers", "enrichers", "reports")


@click.command("list", short_help="List the units of a kind.")
@click.argument("kind", required=False, metavar="[KIND]")
def command(kind: str | None) -> None:
    """
    List the units of KIND: sources, extractors, advisories, matchers, enrichers, reports.

    Without KIND, list the kinds.
    """
    if kind is None:
        for name in KINDS:
            click.echo(name)
        return
    if kind not in KINDS:
        raise UsageError(f"no kind {kind[:40]!r}", hint="kinds: " + ", ".join(KINDS))
    units = registry.load(kind)
    width = max((len(name) for name in units), default=0)
    for name in sorted(units):
        click.echo(f"{name:<{width}}  {registry.summary(units[name])}")
