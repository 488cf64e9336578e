"""The table of commands is complete, in step with the modules, and imports nothing by itself."""

import subprocess
import sys

import click
import pytest

from pratique.cli.commands import COMMANDS
from pratique.cli.main import program


@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_leads_to_a_command(name: str) -> None:
    """The line of the overview is the command's own short help."""
    command = program.get_command(click.Context(program), name)

    assert command is not None
    if name != "list":  # the overview also gives examples of kinds
        assert command.get_short_help_str(200) == COMMANDS[name]


def test_what_is_not_listed_is_no_command() -> None:
    """A module of ``cli/`` is not a command by lying there."""
    assert program.get_command(click.Context(program), "outputs") is None
    assert program.get_command(click.Context(program), "listing") is None


def test_the_overview_imports_no_command() -> None:
    """`pratique --help` is answered from the table alone."""
    code = (
        "import sys; from pratique.cli.main import run; run(['--help']); "
        "print([m for m in sys.modules if m.startswith('pratique.cli.')])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    loaded = done.stdout.splitlines()[-1]

    assert "pratique.cli.main" in loaded
    assert not any(f"pratique.cli.{name}'" in loaded for name in COMMANDS)
