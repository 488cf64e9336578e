"""Check this machine, the folders, the advisory data and, when asked, the feeds."""

import os

import click

from pratique.cli.options import option
from pratique.formats.text import printable
from pratique.pipelines.check_machine import Check, State, check_feeds, check_machine

_MARK = {State.OK: "ok     ", State.NOTE: "note   ", State.PROBLEM: "PROBLEM"}
EXIT_PROBLEM = 2


@click.command(short_help="Check this machine, the folders, the data and the feeds.")
@option("--feeds", is_flag=True, help="Ask every publisher of advisories whether it answers.")
@option("--timeout", type=float, default=10.0, metavar="SECONDS", help="Per feed.")
def command(feeds: bool, timeout: float) -> int:
    """
    Check this machine, the folders and the feeds; exit 2 when a scan would suffer.

    Advisory data themselves are shown by `pratique db status`.
    """
    checks = check_machine(os.environ)
    if feeds:
        checks += check_feeds(timeout, os.environ)
    width = max(len(check.name) for check in checks)
    for check in checks:
        click.echo(_line(check, width))
    return EXIT_PROBLEM if any(check.state is State.PROBLEM for check in checks) else 0


def _line(check: Check, width: int) -> str:
    return f"{_MARK[check.state]}  {check.name:<{width}}  {printable(check.detail)}"
