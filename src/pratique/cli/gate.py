"""Decide by a policy whether a target may pass, and say why."""

import click
from msgspec.structs import replace

from pratique.cli import outputs
from pratique.cli.deciding import (
    EXITS,
    Deciding,
    counting_options,
    deciding_options,
    gate_settings,
    tell,
)
from pratique.cli.options import target_argument, wants_progress
from pratique.cli.progress import Progress
from pratique.kit import folders
from pratique.pipelines.gate_target import gate_target
from pratique.pipelines.image_files import FileKeeper
from pratique.pipelines.store_inventory import keep_report


class Arguments(Deciding, frozen=True, kw_only=True):
    """The options of one decision, as typed."""


@click.command(
    short_help="Decide by a policy whether a target may pass, and say why.", epilog=EXITS
)
@target_argument
@deciding_options("the verdict in words")
@counting_options
def command(**given: object) -> int:
    """
    Decide by a policy whether TARGET may pass, and say why.

    All scanners run; the verdict is allow, warn, deny or undecided, for one digest under one
    policy version, with each reason. TARGET is as in `pratique scan`.
    """
    return gate(Arguments(**given))  # type: ignore[arg-type]


def gate(arguments: Arguments) -> int:
    """
    Decide on one target, write what was asked for and return the exit code.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    foreign = outputs.foreign() if arguments.plugins else {}
    wanted = outputs.parse_outputs(arguments.wanted, (*outputs.formats(), *foreign))
    keeper = FileKeeper() if arguments.store else None
    with Progress(watched=wants_progress(arguments.quiet)) as progress:
        settings = gate_settings(arguments, progress)
        scan = replace(settings.scan, keeper=keeper)
        report = gate_target(arguments.target, replace(settings, scan=scan))
    if keeper is not None:
        keep_report(report, folders.data_folder(), keeper.packed)
    return tell(report, arguments, wanted, foreign)
