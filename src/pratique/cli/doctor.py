"""Check this machine, the folders, the advisory data and, when asked, the feeds."""

import os

import click

from pratique.cli.config import used
from pratique.cli.options import option
from pratique.formats.text import printable
from pratique.kit import clock
from pratique.pipelines.check_machine import (
    Check,
    State,
    check_data,
    check_feeds,
    check_machine,
    check_sensors,
)
from pratique.pipelines.watch_sensors import probe_all

_MARK = {State.OK: "ok     ", State.NOTE: "note   ", State.PROBLEM: "PROBLEM"}
EXIT_PROBLEM = 2


@click.command(short_help="Check this machine, the folders, the data and the feeds.")
@option("--feeds", is_flag=True, help="Ask every publisher of advisories whether it answers.")
@option("--timeout", type=float, default=10.0, metavar="SECONDS", help="Per feed.")
@click.pass_context
def command(ctx: click.Context, feeds: bool, timeout: float) -> int:
    """
    Check this machine, the folders and the feeds; exit 2 when a scan would suffer.

    Advisory data in full: `pratique db status`. Sensors in full: `pratique watch --probe`.
    """
    checks = (*check_machine(os.environ), check_data(os.environ, clock.now()), _settings(ctx))
    checks += check_sensors(probe_all())
    if feeds:
        checks += check_feeds(timeout, os.environ)
    width = max(len(check.name) for check in checks)
    for check in checks:
        click.echo(_line(check, width))
    return EXIT_PROBLEM if any(check.state is State.PROBLEM for check in checks) else 0


def _settings(ctx: click.Context) -> Check:
    chosen = ctx.find_root().params.get("config_file")
    place = used(str(chosen) if chosen else None)
    return Check("settings file", State.OK, str(place.absolute()) if place else "none here")


def _line(check: Check, width: int) -> str:
    return f"{_MARK[check.state]}  {check.name:<{width}}  {printable(check.detail)}"
