"""Hold what every command has that decides: its options, its settings, and how it tells the verdict."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click
from msgspec.structs import replace

from pratique.cli import outputs
from pratique.cli.judging import Judging, distrust_option, keeping_options
from pratique.cli.options import (
    EXIT_CODES,
    include_dev_option,
    option,
    reports_option,
    target_options,
    vex_option,
)
from pratique.cli.progress import Progress
from pratique.cli.scanners import scanner_options
from pratique.formats.text import printable
from pratique.kit import folders
from pratique.model.report import Report
from pratique.pipelines.gate_target import GateSettings
from pratique.pipelines.suppress_findings import SuppressSettings
from pratique.reports.interface import Reporter

Command = TypeVar("Command", bound=Callable[..., object])

EXITS = (
    "Exit codes: 0 allow, also with warnings; 1 deny; 2 usage error, or the target cannot be "
    "identified; 3 undecided: nothing forbids it, and something that could was not seen; "
    "70 internal error; 130 interrupted."
)


class Deciding(Judging, frozen=True, kw_only=True):
    """The options that every command has which decides, as typed."""

    policy: str
    baseline: str | None


def deciding_options(shown: str) -> Callable[[Command], Command]:
    """Add the policy and the reports; ``shown`` is what is printed where none is asked for."""

    def decorate(function: Command) -> Command:
        for add in reversed((*_POLICY, reports_option(shown))):
            function = add(function)
        return function

    return decorate


def counting_options(function: Command) -> Command:
    """Add what is looked for, what counts, what is listed, and how the target is reached."""
    for add in reversed((scanner_options("all"), *_COUNTING, keeping_options, target_options)):
        function = add(function)
    return function


_POLICY = (
    option(
        "--policy",
        default="baseline",
        metavar="PROFILE|FILE",
        help="permissive, baseline, strict, or a policy file.",
    ),
    option(
        "--baseline",
        metavar="FILE|DIGEST",
        help="Count only what this JSON report, or stored image, does not hold.",
    ),
)
_COUNTING = (
    vex_option,
    option(
        "--ignore-file",
        type=Path,
        multiple=True,
        metavar="FILE",
        help="Ignore what this file says; files that only lie in the folder are not heeded.",
    ),
    include_dev_option,
    distrust_option,
)


def tell(
    report: Report,
    arguments: Deciding,
    wanted: Sequence[outputs.Output],
    foreign: Mapping[str, Reporter],
) -> int:
    """Write what was asked for, say the verdict where standard output is free, return the exit code."""
    try:
        outputs.write(report, wanted, arguments.style(), foreign)
        if all(one.file is not None for one in wanted):
            _say_verdicts(report)
            sys.stdout.flush()
    except BrokenPipeError:  # whoever reads us stopped (`| head`): the verdict stands all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_CODES[report.outcome]


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


def _say_verdicts(report: Report) -> None:
    """Print each verdict in words."""
    from pratique.policy.wording import describe_verdict

    for subject in report.subjects:
        if subject.verdict is not None:
            for line in describe_verdict(subject.target, subject.verdict):
                click.echo(printable(line))


def _note(text: str) -> None:
    click.echo(f"pratique: note: {printable(text)}", err=True)
