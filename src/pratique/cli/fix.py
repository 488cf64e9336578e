"""Say how to mend an image: the smallest set of changes, as a patch, and what would remain."""

import os
from pathlib import Path

import click
import msgspec
from msgspec.structs import replace

from pratique.cli import outputs
from pratique.cli.build_words import build_arg_options, build_arguments
from pratique.cli.fix_words import as_json, as_markdown, as_table
from pratique.cli.options import (
    EXIT_CODES,
    EXIT_WORDS,
    option,
    suppress_options,
    target_argument,
    target_options,
    wants_progress,
)
from pratique.cli.progress import Progress
from pratique.cli.scanners import Looking, scanner_options
from pratique.kit import folders
from pratique.model.errors import UsageError
from pratique.pipelines.plan_remedy import Plan, RemedySettings, plan_remedy
from pratique.pipelines.suppress_findings import SuppressSettings
from pratique.remedies.interface import Breaks

FORMATS = ("table", "json", "patch", "markdown", "gitlab", "sarif")
_REPORTS = ("gitlab", "sarif")
"""Those that are reports of a scan, with the patches as far as the format has a place for them."""


class Arguments(Looking, frozen=True, kw_only=True):
    """The options of one run, as typed."""

    wanted: tuple[str, ...]
    dockerfile: Path | None
    stage: str
    build_arg: tuple[str, ...]
    build_arg_file: tuple[Path, ...]
    candidate: tuple[str, ...]
    breaking: str
    write: bool
    vex: tuple[Path, ...]
    ignore_file: tuple[Path, ...]
    no_ignore: bool
    include_dev: bool


@click.command(short_help="Say how to mend an image, as a patch.", epilog=EXIT_WORDS)
@target_argument
@option(
    "-f",
    "--dockerfile",
    type=Path,
    metavar="FILE",
    help="Change this Dockerfile and the manifests beside it.",
)
@option("--stage", default="", metavar="NAME", help="Stage the image is of [default: the last].")
@build_arg_options
@option(
    "--candidate",
    multiple=True,
    metavar="IMAGE[=TARGET]",
    help="Consider building on this image, read from TARGET; may be repeated.",
)
@option(
    "--breaking",
    type=click.Choice([one.value for one in Breaks]),
    default=Breaks.MINOR.value,
    help="Choose no change that may break more than this.",
)
@option("--write", is_flag=True, help="Write the changes into the files.")
@option(
    "-o",
    "--output",
    "wanted",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="table, json, patch, markdown, gitlab, sarif; may be repeated [default: table].",
)
@scanner_options("vuln,secret,config")
@suppress_options
@target_options
def command(**given: object) -> int:
    """
    Say how to mend TARGET (see `pratique scan --help`): the smallest set of changes, the one that
    removes most risk first, and what would remain.

    With --dockerfile the changes are a patch of that file and of the manifests beside it.
    """
    return fix(Arguments(**given))  # type: ignore[arg-type]


def fix(arguments: Arguments) -> int:
    """
    Plan, show and, where asked for, write; exit code 3 when part of the image could not be read.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    wanted = outputs.parse_outputs(arguments.wanted or ("table",), FORMATS)
    if arguments.write and arguments.dockerfile is None:
        raise UsageError("--write needs a file to change", hint="name it with --dockerfile")
    with Progress(watched=wants_progress(arguments.quiet)) as progress:
        plan = plan_remedy(arguments.target, _settings(arguments, progress))
    if arguments.write:
        for one in plan.files:
            outputs.replace_unchanged(one.place, one.before, one.after)
    for output in sorted(wanted, key=lambda one: one.file is None):
        content = _rendered(plan, output.format, arguments.write)
        if output.file is None:
            outputs.write_stdout(content)
        else:
            outputs.replace_file(output.file, content)
    return EXIT_CODES[plan.report.outcome]


def _rendered(plan: Plan, form: str, written: bool) -> bytes:
    if form == "patch":
        return plan.patch()
    if form in _REPORTS:
        return outputs.rendered(plan.told(), form)
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(as_json(plan)), indent=2) + b"\n"
    shown = as_markdown(plan) if form == "markdown" else as_table(plan, written=written)
    return shown.encode("utf-8", "replace")


def _settings(arguments: Arguments, progress: Progress) -> RemedySettings:
    scan = replace(
        arguments.scan_settings(progress),
        include_development=arguments.include_dev,
        suppress=SuppressSettings(
            vex=arguments.vex,
            ignore=arguments.ignore_file,
            folder=None if arguments.no_ignore else Path(),
        ),
    )
    return RemedySettings(
        scan=scan,
        dockerfile=arguments.dockerfile,
        stage=arguments.stage,
        build_arguments=build_arguments(arguments.build_arg, arguments.build_arg_file, os.environ),
        candidates=tuple(_candidate(one) for one in arguments.candidate),
        store=folders.data_folder(),
        most=Breaks(arguments.breaking),
    )


def _candidate(text: str) -> tuple[str, str]:
    name, _, place = text.partition("=")
    return name, place or name
