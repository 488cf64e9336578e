"""
Show or clear what is kept between runs: layer facts, and how large the whole cache folder is.

Everything there can be made again. Advisory data have their own commands (``pratique db``).
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

import click
import msgspec

from pratique.cli.options import option
from pratique.kit import folders
from pratique.kit.cache import LayerCache
from pratique.model.errors import StorageError

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What the cache holds; sizes in bytes."""

    folder: str
    layers: int
    layers_bytes: int
    layers_most_bytes: int
    advisories_bytes: int


@click.group(short_help="Show or clear what is kept between runs.")
def command() -> None:
    """
    Show or clear what is kept between runs.

    What was learnt of a layer is kept, so that the next scan need not read it again. The folder is
    PRATIQUE_CACHE_DIR, its bound PRATIQUE_CACHE_MAX_BYTES.
    """


@command.command("show")
@option("--format", "-o", "form", type=click.Choice(["table", "json"]), default="table")
def show(form: str) -> int:
    """Show where the cache is, what it holds and how large it may grow."""
    try:
        found = _usage()
    except OSError as error:
        raise StorageError(f"the cache cannot be read: {error}") from None
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return 0
    click.echo(f"folder      {found.folder}")
    most = readable(found.layers_most_bytes)
    click.echo(f"layers      {found.layers} ({readable(found.layers_bytes)} of at most {most})")
    click.echo(f"advisories  {readable(found.advisories_bytes)} (see `pratique db status`)")
    return 0


@command.command("clear")
def clear() -> int:
    """Remove all layer facts; the next scan reads the layers again."""
    cache = _layers()
    try:
        count, size = cache.usage()
        cache.clear()
    except OSError as error:
        raise StorageError(f"the cache cannot be cleared: {error}") from None
    click.echo(f"removed {count} layers, {readable(size)}")
    return 0


def readable(size_bytes: int) -> str:
    """
    Return a size for people.

    >>> readable(0), readable(1536), readable(5 << 30)
    ('0 B', '1.5 KiB', '5.0 GiB')
    """
    size, unit = float(size_bytes), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit else f"{size_bytes} B"


def _layers() -> LayerCache:
    return LayerCache(folders.cache_folder(os.environ) / "layers")


def _usage() -> Usage:
    cache = _layers()
    count, size = cache.usage()
    root = cache.folder.parent
    return Usage(
        folder=str(root),
        layers=count,
        layers_bytes=size,
        layers_most_bytes=cache.max_bytes,
        advisories_bytes=_total(root / "advisories"),
    )


def _total(folder: Path) -> int:
    found = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # an update ended meanwhile
            state = path.lstat()
            found += state.st_size if stat.S_ISREG(state.st_mode) else 0
    return found
