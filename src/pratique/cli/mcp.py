"""Serve an assistant: scan, gate, lint, explain and fix as read-only tools."""

from pathlib import Path

import click

from pratique.cli.extras import need
from pratique.cli.mcp_calls import Reach
from pratique.cli.options import option
from pratique.model.errors import UsageError


@click.command(
    short_help="Serve an assistant: scan, gate, lint, explain and fix as read-only tools."
)
@option(
    "--root",
    type=Path,
    default=Path(),
    metavar="DIR",
    help="Read files below this folder only.",
)
@option("--offline", is_flag=True, help="Ask no registry and fetch no advisory data.")
def command(root: Path, offline: bool) -> int:
    """
    Speak the Model Context Protocol on standard input and output.

    An assistant starts it and gets the tools scan, gate, lint, explain and fix. None of them
    writes: fixes are patches to look at. No port is opened. Needs the extra:
    pip install '.[mcp]'.
    """
    need("mcp", "mcp")
    if not root.is_dir():
        raise UsageError(f"--root {root} is no folder")
    from pratique.cli.mcp_server import make_server  # a second: only where an assistant asks

    make_server(Reach(root=root.resolve(), offline=offline)).run("stdio")
    return 0
