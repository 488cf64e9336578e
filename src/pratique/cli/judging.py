"""Hold what every command has that judges a target and reports: its options, and how they are handed over."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pratique.cli import outputs
from pratique.cli.options import option
from pratique.cli.scanners import Looking
from pratique.reports.interface import Style

Command = TypeVar("Command", bound=Callable[..., object])


class Judging(Looking, frozen=True, kw_only=True):
    """The options that all of them have, as typed; commands add their own fields."""

    wanted: tuple[str, ...]
    vex: tuple[Path, ...]
    ignore_file: tuple[Path, ...]
    include_dev: bool
    distrust_image: bool
    store: bool
    full: bool
    show_suppressed: bool

    def style(self) -> Style:
        """Return how the terminal on standard output wants the table."""
        return outputs.terminal_style(
            os.environ, full=self.full, show_suppressed=self.show_suppressed
        )


distrust_option = option(
    "--distrust-image",
    is_flag=True,
    help="Let nothing that the image says of itself rule a finding out.",
)
"""Add whether an image may speak for itself."""


def keeping_options(function: Command) -> Command:
    """Add what is remembered, and what is listed."""
    for add in reversed(_KEEPING):
        function = add(function)
    return function


_KEEPING = (
    option("--store", is_flag=True, help="Remember what is in it, for `pratique rescan`."),
    option("--full", is_flag=True, help="List every finding in the table."),
    option("--show-suppressed", is_flag=True, help="List the findings that do not count, and why."),
)
