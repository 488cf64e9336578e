"""Say what is in a target and which published flaws it carries."""

import gc
import os
from collections.abc import Callable
from pathlib import Path

import click
from msgspec.structs import replace

from pratique.cli import outputs
from pratique.cli.build_words import build_arg_options, build_arguments
from pratique.cli.judging import Judging, distrust_option, keeping_options
from pratique.cli.options import (
    EXIT_CODES,
    EXIT_WORDS,
    option,
    reports_option,
    suppress_options,
    target_argument,
    target_options,
    wants_progress,
)
from pratique.cli.progress import Progress
from pratique.cli.saying import say
from pratique.cli.scanners import scanner_options
from pratique.kit import folders
from pratique.model.errors import UsageError
from pratique.model.report import Subject
from pratique.model.severity import Severity
from pratique.pipelines.image_files import FileKeeper
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.pipelines.store_inventory import keep_report
from pratique.pipelines.suppress_findings import SuppressSettings

_OBJECTS = 200_000
"""New objects after which unreachable ones are looked for: a small scan ends before."""


class Arguments(Judging, frozen=True, kw_only=True):
    """The options of one scan, as typed."""

    fail_on: str | None
    only_fixed: bool
    no_ignore: bool
    dockerfile: Path | None
    stage: str
    build_arg: tuple[str, ...]
    build_arg_file: tuple[Path, ...]


@click.command(
    short_help="Say what is in a target and which published flaws it carries.",
    epilog=EXIT_WORDS,
)
@target_argument
@reports_option("table")
@option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity if s is not Severity.UNKNOWN]),
    help="Exit 1 when a finding is this severe or worse.",
)
@option("--only-fixed", is_flag=True, help="Leave out findings that no version fixes yet.")
@distrust_option
@option(
    "-f",
    "--dockerfile",
    type=Path,
    metavar="FILE",
    help="Have SARIF point at the lines of this Dockerfile, which made the image.",
)
@option("--stage", default="", metavar="NAME", help="Stage the image is of [default: the last].")
@build_arg_options
@scanner_options("vuln")
@keeping_options
@suppress_options
@target_options
def command(**given: object) -> int:
    """
    Say what is in TARGET and which published flaws it carries.

    \b
    TARGET is an image reference (alpine:3.20, registry.example/app@sha256:…),
    docker-archive:FILE[:TAG], oci:DIR[:TAG], oci-archive:FILE[:TAG], docker:NAME,
    podman:NAME, dir:ROOTFS, sbom:FILE, - (standard input), or a path, recognised
    by its content.
    """
    return scan(Arguments(**given))  # type: ignore[arg-type]


def scan(arguments: Arguments) -> int:
    """
    Run one scan, write its reports and return the exit code.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    # It lives shorter than it takes to make rubbish that would be worth a search.
    gc.set_threshold(_OBJECTS)
    foreign = outputs.foreign() if arguments.plugins else {}
    formats = (*outputs.formats(), *foreign)
    outputs_wanted = outputs.parse_outputs(arguments.wanted or ("table",), formats)
    keeper = FileKeeper() if arguments.store else None
    with Progress(watched=wants_progress(arguments.quiet)) as progress:
        report = scan_target(
            arguments.target, replace(_settings(arguments, progress), keeper=keeper)
        )
    if keeper is not None:
        keep_report(report, folders.data_folder(), keeper.packed)
    outputs.write(report, outputs_wanted, arguments.style(), foreign)
    return EXIT_CODES[report.outcome]


def _settings(arguments: Arguments, progress: Progress) -> ScanSettings:
    return replace(
        arguments.scan_settings(progress),
        threshold=Severity(arguments.fail_on) if arguments.fail_on else None,
        only_fixed=arguments.only_fixed,
        include_development=arguments.include_dev,
        distrust=arguments.distrust_image,
        suppress=SuppressSettings(
            vex=arguments.vex,
            ignore=arguments.ignore_file,
            folder=None if arguments.no_ignore else Path(),
        ),
        note=_note,
        unanswered=say,
        further=_placing(arguments),
    )


def _placing(
    arguments: Arguments,
) -> Callable[[tuple[Subject, ...]], tuple[Subject, ...]] | None:
    """Return what joins the image with its Dockerfile, which is read before anything is scanned."""
    place = arguments.dockerfile
    given = build_arguments(arguments.build_arg, arguments.build_arg_file, os.environ)
    if place is None:
        if given or arguments.stage:
            raise UsageError("--stage and --build-arg are about a file: name it with --dockerfile")
        return None
    from pratique.pipelines.dockerfile_lines import read_chain, with_recipe  # only where asked for

    _, chain = read_chain(place, arguments.stage, given)
    return lambda subjects: with_recipe(subjects, place, chain, _note)


def _note(text: str) -> None:
    from pratique.formats.text import printable  # only where there is something to tell

    click.echo(f"pratique: note: {printable(text)}", err=True)
