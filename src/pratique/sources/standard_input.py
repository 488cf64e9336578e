"""
Open an image archive or SBOM that is piped in (`docker save alpine | pratique scan -`).

The stream is kept in an unnamed temporary file, bounded by ``Limits.tar_bytes``, because an
archive may name its parts before or after it holds them.
"""

import sys

from pratique.model.errors import UsageError
from pratique.sources._archive import refusing, spool
from pratique.sources._content import open_content
from pratique.sources.interface import Opened, Options

NAME = "standard-input"
PREFIX = "-"


def open_target(target: str, options: Options) -> Opened:
    """
    Open standard input; ``target`` is a tag or empty.

    Raises:
        UsageError: standard input is a terminal or closed.
        TargetError: what comes cannot be identified.
    """
    stream = sys.stdin.buffer if sys.stdin is not None else None
    if stream is None or stream.isatty():
        raise UsageError(
            "nothing is piped in", hint="for example: docker save alpine | pratique scan -"
        )
    with refusing("standard input"):
        fd = spool(stream, options.limits)
    return open_content(fd, "standard input", "-", target, options)
