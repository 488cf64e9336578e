"""Serve an editor: findings while typing, explanations, fixes."""

import click

from pratique.cli.extras import need
from pratique.cli.options import option


@click.command(short_help="Serve an editor: findings, explanations, fixes.")
@option("--pedantic", is_flag=True, help="Run the checks that most people call noise too.")
def command(pedantic: bool) -> int:
    """
    Speak the Language Server Protocol on standard input and output.

    An editor starts it. Dockerfiles, Compose files and manifests get findings as one types,
    what each rule means on hover, and fixes that were proved. Nothing is fetched, no port is
    opened. Needs the extra: pip install '.[lsp]'.
    """
    need("lsp", "pygls", "lsprotocol")
    from pratique.cli.lsp_server import make_server  # 150 ms: only where an editor asks

    make_server(pedantic=pedantic).start_io()
    return 0
