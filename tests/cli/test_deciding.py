"""Every command that decides has the same options, with the same words."""

import click

from pratique.cli import assess, gate
from pratique.cli.deciding import Deciding


def options(command: click.Command) -> dict[str, tuple[object, ...]]:
    """Return what a command says of each of its options."""
    return {
        one.name or "": (one.opts, one.type.name, one.help, one.multiple, one.envvar)
        for one in command.params
        if isinstance(one, click.Option)
    }


def test_the_options_are_the_same():
    """What is printed where no report is asked for is the one thing that differs."""
    ours, theirs = options(gate.command), options(assess.command)

    assert {"policy", "baseline", "vex", "ignore_file", "store", "wanted"} <= ours.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == ["wanted"]


def test_every_option_has_a_field():
    """Nothing that is typed is lost on the way."""
    fields = set(Deciding.__struct_fields__)

    assert set(options(gate.command)) - {"help"} <= fields
