"""
Read the manifests and lock files that lie beside a Dockerfile, as far as a remedy may edit them.

Bounded: folders ``MAX_DEPTH`` deep, ``MAX_FILES`` files of ``MAX_BYTES``; links are not followed, hidden
folders and installed dependencies are left out.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pratique.model.errors import UsageError

MAX_DEPTH = 2
MAX_FILES = 200
MAX_FOLDERS = 500
MAX_BYTES = 4 << 20
_WANTED = re.compile(
    r"(?:requirements|constraints)[^/]{0,60}\.txt|package\.json|package-lock\.json|yarn\.lock|"
    r"npm-shrinkwrap\.json|pnpm-lock\.yaml|bun\.lock|go\.mod|go\.sum|Gemfile(?:\.lock)?|pom\.xml"
)
_ASIDE = frozenset({"node_modules", "vendor", "site-packages", "target", "dist", "build"})


def read_manifests(folder: Path) -> dict[str, bytes]:
    """Return the manifests below a folder by relative path, sorted."""
    found: dict[str, bytes] = {}
    for place in _places(folder):
        if len(found) == MAX_FILES:
            break
        try:
            found[place.relative_to(folder).as_posix()] = read_bounded(place)
        except UsageError:
            continue  # what cannot be read is not edited
    return dict(sorted(found.items()))


def read_bounded(place: Path) -> bytes:
    """
    Return the bytes of a file.

    Raises:
        UsageError: it cannot be read or is too large.
    """
    try:
        with place.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror}", hint="check its name and rights") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{place}: larger than {MAX_BYTES} bytes")
    return content


def _places(folder: Path) -> Iterator[Path]:
    waiting = [(folder, 0)]
    for _ in range(MAX_FOLDERS):
        if not waiting:
            return
        here, depth = waiting.pop(0)
        try:
            entries = sorted(here.iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.is_symlink():
                continue
            if entry.is_file() and _WANTED.fullmatch(entry.name):
                yield entry
            elif entry.is_dir() and depth < MAX_DEPTH and not entry.name.startswith("."):
                waiting += [(entry, depth + 1)] if entry.name not in _ASIDE else []
