"""Test an application whole: packages, configuration, secrets, source, and what it does when run."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
from pratique.cli.options import option, target_argument, wants_progress
from pratique.cli.progress import Progress
from pratique.kit import folders, registry
from pratique.model.errors import UsageError
from pratique.pipelines.assess_service import Service
from pratique.pipelines.assess_sources import Tools
from pratique.pipelines.assess_target import AssessSettings, assess_target
from pratique.pipelines.store_inventory import keep_report


class Arguments(Deciding, frozen=True, kw_only=True):
    """The options of one assessment, as typed."""

    sbom: Path | None
    tools: tuple[Path, ...]
    assessors: str | None
    third_party_code: bool
    port: tuple[int, ...]
    openapi: str | None
    no_run: bool
    build: bool


@click.command(
    short_help="Test an application whole: packages, source, and what it does when run.",
    epilog=EXITS,
)
@target_argument
@deciding_options("table")
@option("--sbom", type=Path, metavar="FILE", help="Write the packages as CycloneDX too.")
@option(
    "--tools",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    metavar="DIR",
    help="Look for tools here first: programs, or environments with a bin; may be repeated.",
)
@option(
    "--assessors",
    metavar="LIST",
    help="Tools to use, with commas [default: all that fit; see `pratique list assessors`].",
)
@option("--third-party-code", is_flag=True, help="Have the source of packages read too.")
@option(
    "--port",
    type=click.IntRange(1, 65535),
    multiple=True,
    metavar="N",
    help="Where the application listens [default: the ports that the image exposes].",
)
@option(
    "--openapi",
    metavar="/PATH",
    help="Where its OpenAPI document is served [default: where frameworks serve it].",
)
@option("--no-run", is_flag=True, help="Do not run the image.")
@option(
    "--build",
    is_flag=True,
    help="Build the image of a folder's Dockerfile by buildah, with a network, and assess it too.",
)
@counting_options
def command(**given: object) -> int:
    """
    Test TARGET whole, and decide by one policy whether it may pass.

    What is in it and its configuration and secrets are looked at as `pratique scan` and
    `pratique lint` do; its source is read by the tools of others that are installed and fit
    (bandit, semgrep, gosec, …); an image that exposes a port is run in a sandbox without
    network, and asked by schemathesis, wapiti and ZAP. Tools that are missing are named with
    the line that installs them.

    TARGET is a folder of sources, or an image as in `pratique scan`.
    """
    return assess(Arguments(**given))  # type: ignore[arg-type]


def assess(arguments: Arguments) -> int:
    """
    Assess one target, write what was asked for and return the exit code.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    foreign = outputs.foreign() if arguments.plugins else {}
    texts = [*(arguments.wanted or ("table",))]
    texts += [f"cyclonedx={arguments.sbom}"] if arguments.sbom else []
    wanted = outputs.parse_outputs(texts, (*outputs.formats(), *foreign))
    with _clearing(), Progress(watched=wants_progress(arguments.quiet)) as progress:
        report = assess_target(arguments.target, _settings(arguments, progress))
    if arguments.store:
        keep_report(report, folders.data_folder())
    return tell(report, arguments, wanted, foreign)


@contextmanager
def _clearing() -> Iterator[None]:
    """Let a job that is cancelled end as Ctrl-C does: the container and the tools end with it."""
    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _settings(arguments: Arguments, progress: Progress) -> AssessSettings:
    gate = gate_settings(arguments, progress)
    document = arguments.openapi or ""
    if document and not document.startswith("/"):
        raise UsageError("--openapi is a path that the application serves, such as /openapi.json")
    tools = Tools(
        folders=arguments.tools,
        only=_only(arguments.assessors),
        note=gate.scan.note or (lambda _: None),
        tell=progress.step or (lambda _: None),
    )
    return AssessSettings(
        gate=gate,
        tools=tools if not arguments.quiet else replace(tools, note=lambda _: None),
        bought_in=arguments.third_party_code,
        build=arguments.build,
        service=None if arguments.no_run else Service(ports=arguments.port, document=document),
    )


def _only(text: str | None) -> frozenset[str]:
    asked = frozenset(filter(None, (name.strip() for name in (text or "").split(","))))
    known = registry.load("assessors") if asked else {}
    if unknown := sorted(asked - set(known)):
        hint = f"assessors: {', '.join(sorted(known))}"
        raise UsageError(f"no assessor {unknown[0][:40]!r}", hint=hint)
    return asked
