"""
Declare the options that several commands share; each is also an environment variable.

``option("--fail-on")`` reads ``PRATIQUE_FAIL_ON`` when the flag is absent.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct

from pratique.kit import folders
from pratique.model.image import Platform
from pratique.sources.interface import Options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., object])

EXIT_CODES = {"": 0, "pass": 0, "fail": 1, "undecided": 3}
"""The exit code for each ``Report.outcome``."""

EXIT_WORDS = (
    "Exit codes: 0 done; 1 --fail-on is met; 2 usage error, or the target cannot be identified; "
    "3 undecided, something could not be read or graded; 70 internal error; 130 interrupted."
)

_SPECIAL = {"--source": "PRATIQUE_DB_SOURCE", "--mirror": "PRATIQUE_REGISTRY_MIRRORS"}


def option(flag: str, *more: str, **settings: object) -> Callable[[Command], Command]:
    """
    Return click's option with its environment variable set from the long flag.

    ``variable`` names another one, where the same flag means something else in another command.
    """
    long = next(name for name in (flag, *more) if name.startswith("--")).partition("/")[0]
    variable = _SPECIAL.get(long, "PRATIQUE_" + long[2:].upper().replace("-", "_"))
    variable = str(settings.pop("variable", variable))
    settings.setdefault("show_default", settings.get("default") is not None)
    decorate: Callable[[Command], Command] = click.option(
        flag,
        *more,
        envvar=variable,
        show_envvar=True,
        **settings,  # type: ignore[arg-type]
    )
    return decorate


class Reach(Struct, frozen=True, kw_only=True):
    """What ``target_options`` hand over; commands add their own fields."""

    target: str
    platform: str | None
    plain_http: bool
    ca_file: Path | None
    registry_config: Path | None
    containerd_root: Path | None
    mirror: tuple[str, ...]
    retries: int
    timeout: float
    no_cache: bool
    workers: int | None
    plugins: bool
    quiet: bool

    def source_options(self, progress: Callable[[str, int, int], None] | None) -> Options:
        """
        Return the options for opening the target.

        Raises:
            UsageError: the platform is not one.
        """
        platform, every = parse_platform(self.platform)
        return Options(
            platform=platform,
            all_platforms=every,
            plain_http=self.plain_http,
            ca_file=self.ca_file,
            registry_config=self.registry_config,
            containerd_root=self.containerd_root,
            # The variable holds several with commas.
            mirrors=tuple(",".join(self.mirror).replace(",", " ").split()),
            retries=self.retries,
            timeout_s=self.timeout,
            environ=dict(os.environ),
            progress=progress,
        )

    def cache_folder(self) -> Path | None:
        """Return where layer facts are kept, None for nowhere."""
        return None if self.no_cache else folders.cache_folder()


def target_argument(function: Command) -> Command:
    """Add the target, completed as a file or a prefix."""
    decorate = click.argument("target", shell_complete=_complete_targets)
    decorated: Command = decorate(function)
    return decorated


def target_options(function: Command) -> Command:
    """Add what decides which image is meant and how it is reached."""
    for decorate in reversed(
        (
            option(
                "--platform",
                metavar="[OS/]ARCH[/VARIANT]|all",
                help="Image of an index to take [default: this machine's].",
            ),
            option("--plain-http", is_flag=True, help="Allow HTTP without TLS to the registry."),
            option("--ca-file", type=Path, metavar="FILE", help="Trust this CA as well (PEM)."),
            option(
                "--registry-config",
                type=Path,
                metavar="FILE",
                help="Credentials file [default: ~/.docker/config.json, then podman's auth.json].",
            ),
            option(
                "--containerd-root",
                type=Path,
                metavar="DIR",
                help="containerd's files, for containerd:NAME [default: /var/lib/containerd].",
            ),
            option(
                "--mirror",
                multiple=True,
                metavar="HOST=MIRROR[/PATH]",
                help="Ask this registry first for images of HOST; may be repeated.",
            ),
            option(
                "--retries",
                type=click.IntRange(0, 20),
                default=4,
                metavar="N",
                help="Tries after the first when a registry does not answer.",
            ),
            option(
                "--timeout", type=float, default=30.0, metavar="SECONDS", help="Per connection."
            ),
            *_run_options(),
        )
    ):
        function = decorate(function)
    return function


def _run_options() -> "tuple[Callable[[Command], Command], ...]":
    """Return what decides how the target is read."""
    return (
        option("--no-cache", is_flag=True, help="Neither read nor write the layer cache."),
        option(
            "--workers",
            type=click.IntRange(0, 64),
            default=None,
            metavar="N",
            help="Worker processes for layers; 0 reads in this process [default: cores].",
        ),
        option("--plugins", is_flag=True, help="Use installed units of third parties too."),
        option("--quiet", "-q", is_flag=True, help="No progress."),
    )


vex_option = option(
    "--vex",
    type=Path,
    multiple=True,
    metavar="FILE",
    help="Heed this VEX document (OpenVEX, CycloneDX, CSAF); may be repeated.",
)
"""Add the documents that rule findings out."""
include_dev_option = option(
    "--include-dev",
    is_flag=True,
    help="Count flaws of development dependencies that only a lockfile names.",
)
"""Add whether packages count that only development needs."""


def reports_option(shown: str) -> Callable[[Command], Command]:
    """Return what adds the reports; ``shown`` is what is printed where none is asked for."""
    return option(
        "-o",
        "--output",
        "wanted",
        multiple=True,
        metavar="FORMAT[=FILE]",
        shell_complete=complete_formats,
        help=f"Report format and file; may be repeated [default: {shown}].",
    )


def suppress_options(function: Command) -> Command:
    """Add what decides which findings do not count."""
    for decorate in reversed(
        (
            vex_option,
            option(
                "--ignore-file",
                type=Path,
                multiple=True,
                metavar="FILE",
                help="Ignore what this file says (Trivy's, Grype's, osv-scanner's form, or "
                "pratique-exceptions); may be repeated.",
            ),
            option("--no-ignore", is_flag=True, help="Use no ignore file that was not named."),
            include_dev_option,
        )
    ):
        function = decorate(function)
    return function


def parse_platform(text: str | None) -> tuple[Platform | None, bool]:
    """
    Return the platform asked for, and whether all were.

    Raises:
        UsageError: not ``[os/]architecture[/variant]`` and not ``all``.

    >>> parse_platform("linux/arm64/v8")[0] == Platform("linux", "arm64", "v8")
    True
    """
    if text is None:
        return None, False
    if text == "all":
        return None, True
    from pratique.formats.image import platforms  # only where a platform is named

    return platforms.parse_platform(text), False


def wants_progress(quiet: bool) -> bool:
    """Return whether a person watches standard error."""
    return not quiet and sys.stderr.isatty()


def complete_formats(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Return the report formats that begin as typed."""
    from click.shell_completion import CompletionItem  # only at a shell's Tab

    from pratique.kit import registry

    names = registry.names("reports")
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _complete_targets(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Return the prefixes that begin as typed, and leave files to the shell."""
    from click.shell_completion import CompletionItem  # only at a shell's Tab

    from pratique.sources.target import PREFIXES

    found = [CompletionItem(f"{name}:") for name in PREFIXES if name.startswith(incomplete)]
    return [*(found if incomplete else ()), CompletionItem(incomplete, type="file")]
