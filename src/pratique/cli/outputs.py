"""
Write reports where ``-o FORMAT[=FILE]`` says, whole or not at all.

A file is written beside its place and renamed, so a full disk or an interruption leaves either the
old file or the new one.
"""

import importlib
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pratique.kit import registry
from pratique.kit.whole_file import write_whole
from pratique.model.errors import StorageError, UsageError
from pratique.model.report import Report
from pratique.reports.interface import Reporter, Style


class Output(Struct, frozen=True, kw_only=True):
    """One ``-o``: the format, its version if any (``cyclonedx@1.7``), and the file or stdout."""

    format: str
    version: str = ""
    file: Path | None = None


def parse_outputs(texts: Sequence[str], allowed: Sequence[str]) -> tuple[Output, ...]:
    """
    Return the outputs asked for.

    Raises:
        UsageError: unknown format, an empty file name, a folder that is not there, two outputs to
            standard output.

    >>> parse_outputs(["json=r.json"], ["json"])[0].file
    PosixPath('r.json')
    """
    outputs = tuple(_parse(text, allowed) for text in texts)
    if sum(1 for output in outputs if output.file is None) > 1:
        raise UsageError(
            "two outputs would go to standard output", hint="give all but one a file: -o json=FILE"
        )
    return outputs


def write(
    report: Report, outputs: Sequence[Output], style: Style, plugins: Mapping[str, Reporter] = {}
) -> None:
    """
    Render and write every output; standard output comes last.

    Raises:
        PluginError: a format of a third party failed.
        StorageError: a file cannot be written; nothing of it is left behind.
    """
    reporters: Mapping[str, Reporter] = {
        output.format: plugins.get(output.format) or _reporter(output.format) for output in outputs
    }
    for output in sorted(outputs, key=lambda one: one.file is None):
        chosen = Style(
            width=style.width,
            height=style.height,
            colour=style.colour and output.file is None,
            full=style.full,
            show_suppressed=style.show_suppressed,
            sbom_version=output.version,
        )
        content = reporters[output.format].render(report, chosen)
        if output.file is None:
            write_stdout(content)
        else:
            replace_file(output.file, content)


def rendered(report: Report, form: str) -> bytes:
    """Return a report in one of our formats, for a file."""
    return _reporter(form).render(report, Style())


def write_stdout(content: bytes) -> None:
    """
    Write bytes to standard output.

    Raises:
        StorageError: it is full or closed for writing.
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(f"cannot write to standard output: {error.strerror}") from None


def replace_file(place: Path, content: bytes) -> None:
    """
    Put ``content`` at ``place`` atomically; a file that is there keeps its rights.

    Raises:
        StorageError: the folder is absent, not writable or full.
    """
    try:
        if place.exists() and not place.is_file():  # a pipe or /dev/stdout cannot be renamed over
            place.write_bytes(content)
            return
        write_whole(place, content)
    except OSError as error:
        raise StorageError(f"cannot write {place}: {error.strerror}") from None


def replace_unchanged(place: Path, before: bytes, after: bytes) -> None:
    """
    Put mended bytes in place of a person's file; nobody else's change, no rights and no link are lost.

    Raises:
        StorageError: it changed since it was read, or cannot be written; it is then as it was.
    """
    real = place.resolve()
    try:
        if real.read_bytes() != before:
            raise StorageError(f"{place} changed meanwhile", hint="run the command again")
        write_whole(real, after)
    except OSError as error:
        raise StorageError(f"cannot write {place}: {error.strerror}") from None


def terminal_style(
    environ: Mapping[str, str], *, full: bool, show_suppressed: bool = False
) -> Style:
    """Return how the terminal on standard output wants its table."""
    size = shutil.get_terminal_size((80, 40))
    live = sys.stdout.isatty()
    return Style(
        width=size.columns if live else 80,
        height=size.lines if live else 40,
        colour=live and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb",
        full=full,
        show_suppressed=show_suppressed,
    )


def _parse(text: str, allowed: Sequence[str]) -> Output:
    name, has_file, file = text.partition("=")
    name, _, version = name.partition("@")
    if name not in allowed:
        raise UsageError(f"unknown format {name[:40]!r}", hint="formats: " + ", ".join(allowed))
    if has_file and not file:
        raise UsageError(f"-o {name}= needs a file name")
    place = None if file in ("", "-") else Path(file)
    if place is not None and not place.parent.is_dir():
        raise UsageError(  # before the scan, not after it
            f"-o {name}: there is no folder {place.parent}", hint="make it first, or choose another"
        )
    return Output(format=name, version=version, file=place)


def _reporter(name: str) -> Reporter:
    # By name, so that one format does not load the others.
    module: Reporter = importlib.import_module(f"pratique.reports.{name.replace('-', '_')}")
    return module


def formats() -> tuple[str, ...]:
    """Return the names of all report formats, from the folder's listing; none is imported."""
    return registry.names("reports")


def foreign() -> dict[str, Reporter]:
    """
    Return the installed report formats of third parties by name.

    Raises:
        PluginError: one cannot be used.
    """
    return {**registry.load_plugins("reports", ("MEDIA_TYPE", "SUFFIX", "render"))}
