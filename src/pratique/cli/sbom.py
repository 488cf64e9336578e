"""List what is in a target, as an SBOM; nothing is matched and no advisory data is fetched."""

import os

import click

from pratique.cli import outputs
from pratique.cli.options import (
    EXIT_CODES,
    EXIT_WORDS,
    Reach,
    complete_formats,
    option,
    target_argument,
    target_options,
    wants_progress,
)
from pratique.cli.progress import Progress
from pratique.kit import clock
from pratique.pipelines.list_packages import list_packages
from pratique.pipelines.read_target import ReadSettings

FORMATS = ("cyclonedx", "spdx", "json", "table")


class Arguments(Reach, frozen=True, kw_only=True):
    """The options of one SBOM, as typed."""

    wanted: tuple[str, ...]


@click.command(short_help="List what is in a target as CycloneDX or SPDX.", epilog=EXIT_WORDS)
@target_argument
@option(
    "-o",
    "--output",
    "wanted",
    multiple=True,
    metavar="FORMAT[@VERSION][=FILE]",
    shell_complete=complete_formats,
    help="cyclonedx (1.6), cyclonedx@1.7, spdx (2.3), spdx@3.0, json, table; may be repeated "
    "[default: cyclonedx].",
)
@target_options
def command(**given: object) -> int:
    """List what is in TARGET (see `pratique scan --help`) as CycloneDX or SPDX."""
    return sbom(Arguments(**given))  # type: ignore[arg-type]


def sbom(arguments: Arguments) -> int:
    """
    Write the SBOM of a target; exit code 3 when part of it could not be read.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    wanted = outputs.parse_outputs(arguments.wanted or ("cyclonedx",), FORMATS)
    with Progress(watched=wants_progress(arguments.quiet)) as progress:
        settings = ReadSettings(
            source=arguments.source_options(progress.bytes),
            cache_folder=arguments.cache_folder(),
            workers=arguments.workers,
            plugins=arguments.plugins,
            progress=progress.step,
        )
        report = list_packages(arguments.target, settings, clock.now())
    outputs.write(report, wanted, outputs.terminal_style(os.environ, full=True))
    return EXIT_CODES[report.outcome]
