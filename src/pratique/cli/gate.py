"""Decide by a policy whether a target may pass, and say why."""

import os
import sys
from pathlib import Path

import click
from msgspec.structs import replace

from pratique.cli import outputs
from pratique.cli.options import (
    EXIT_CODES,
    complete_formats,
    option,
    target_argument,
    target_options,
    wants_progress,
)
from pratique.cli.progress import Progress
from pratique.cli.scanners import Looking, scanner_options
from pratique.formats.text import printable
from pratique.kit import folders
from pratique.model.report import Report
from pratique.pipelines.gate_target import GateSettings, gate_target
from pratique.pipelines.image_files import FileKeeper
from pratique.pipelines.store_inventory import keep_report
from pratique.pipelines.suppress_findings import SuppressSettings

EXITS = (
    "Exit codes: 0 allow, also with warnings; 1 deny; 2 usage error, or the target cannot be "
    "identified; 3 undecided: nothing forbids it, and something that could was not seen; "
    "70 internal error; 130 interrupted."
)


class Deciding(Looking, frozen=True, kw_only=True):
    """The options that every command has which decides, as typed."""

    policy: str
    baseline: str | None
    wanted: tuple[str, ...]
    full: bool
    show_suppressed: bool
    vex: tuple[Path, ...]
    ignore_file: tuple[Path, ...]
    include_dev: bool
    distrust_image: bool
    store: bool


class Arguments(Deciding, frozen=True, kw_only=True):
    """The options of one decision, as typed."""


@click.command(
    short_help="Decide by a policy whether a target may pass, and say why.", epilog=EXITS
)
@target_argument
@option(
    "--policy",
    default="baseline",
    metavar="PROFILE|FILE",
    help="permissive, baseline, strict, or a policy file.",
)
@option(
    "--baseline",
    metavar="FILE|DIGEST",
    help="Count only what this JSON report, or stored image, does not hold.",
)
@option(
    "-o",
    "--output",
    "wanted",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=complete_formats,
    help="Report format and file; may be repeated [default: the verdict in words].",
)
@scanner_options("all")
@option("--vex", type=Path, multiple=True, metavar="FILE", help="Heed this VEX document.")
@option(
    "--ignore-file",
    type=Path,
    multiple=True,
    metavar="FILE",
    help="Ignore what this file says; files that only lie in the folder are not heeded.",
)
@option(
    "--include-dev",
    is_flag=True,
    help="Count flaws of development dependencies that only a lockfile names.",
)
@option(
    "--distrust-image",
    is_flag=True,
    help="Let nothing that the image says of itself rule a finding out.",
)
@option("--store", is_flag=True, help="Remember what is in it, for `pratique rescan`.")
@option("--full", is_flag=True, help="List every finding in the table.")
@option("--show-suppressed", is_flag=True, help="List the findings that do not count, and why.")
@target_options
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
    style = outputs.terminal_style(
        os.environ, full=arguments.full, show_suppressed=arguments.show_suppressed
    )
    try:
        outputs.write(report, wanted, style, foreign)
        if all(one.file is not None for one in wanted):
            say_verdicts(report)
            sys.stdout.flush()
    except BrokenPipeError:  # whoever reads us stopped (`| head`): the verdict stands all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_CODES[report.outcome]


def say_verdicts(report: Report) -> None:
    """Print each verdict in words."""
    from pratique.policy.wording import describe_verdict

    for subject in report.subjects:
        if subject.verdict is not None:
            for line in describe_verdict(subject.target, subject.verdict):
                click.echo(printable(line))


def gate_settings(arguments: Deciding, progress: Progress) -> GateSettings:
    """
    Return how to scan and decide, as every command that decides does.

    Raises:
        UsageError: there is no such scanner, or the platform is none.
    """
    common = arguments.scan_settings(progress)
    scan = replace(
        common,
        # Who asks to pass may have written the comment, in a folder too.
        contents=replace(common.contents, folders_heed=False),
        # A verdict may not depend on what else was scanned on this machine before.
        database=replace(common.database, own_data_only=True),
        include_development=arguments.include_dev,
        distrust=arguments.distrust_image,
        suppress=SuppressSettings(vex=arguments.vex, ignore=arguments.ignore_file),
        note=_note,
    )
    return GateSettings(
        scan=scan,
        policy=arguments.policy,
        baseline=arguments.baseline or "",
        data_folder=folders.data_folder(),
    )


def _note(text: str) -> None:
    click.echo(f"pratique: note: {printable(text)}", err=True)
