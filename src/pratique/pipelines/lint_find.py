"""
Find the files to lint below the paths a person names, and say of which kind each is.

A Dockerfile is known by its name (``Dockerfile*``, ``*.dockerfile``, ``Containerfile*``), Compose
files by theirs, Kubernetes manifests by what stands in them. A file that is named itself is read
whatever it is called; its content decides. Symbolic links below a folder are not followed. Bounds:
``MOST_ENTRIES`` entries are looked at, files above ``MAX_BYTES`` are told as not looked at.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from pratique.formats.dockerfile.parsing import MAX_BYTES
from pratique.model.errors import TargetError

MOST_ENTRIES = 500_000
SKIPPED = frozenset({
    ".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".terraform",
})  # fmt: skip
"""Folders that hold nothing a person of this project wrote."""
_DOCKERFILE = re.compile(r"(?:.*[._-])?(?:dockerfile|containerfile)(?:[._-].*)?", re.IGNORECASE)
_NOT_DOCKERFILE = re.compile(
    r".*\.(?:dockerignore|containerignore|md|rst|txt|html?|py|go|js|ts|rb|sh|ya?ml|json|toml|bak|orig|rej|"
    r"swp|pyc|java|hs|rs|c|h|cs|tsv|csv|png|svg|j2|jinja2?|tmpl|tpl|template|erb|in|mustache|hbs|gz)",
    re.IGNORECASE,
)
_COMPOSE = re.compile(r"(?:docker-)?compose(?:[._-].*)?\.ya?ml", re.IGNORECASE)
_KUBERNETES = re.compile(rb"^apiVersion\s*:.*$", re.MULTILINE)
_KIND = re.compile(rb"^kind\s*:.*$", re.MULTILINE)
_SERVICES = re.compile(rb"^services\s*:", re.MULTILINE)
_BUILDS = re.compile(rb"^\s*(?:FROM|ARG)\s+\S", re.IGNORECASE | re.MULTILINE)
_HEAD = 64 << 10


KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
"""What Kustomize calls its own files."""


class FileKind(StrEnum):
    """What sort of file it is."""

    DOCKERFILE = "dockerfile"
    COMPOSE = "compose"
    KUBERNETES = "kubernetes"


class Source(Struct, frozen=True, kw_only=True):
    """
    A file to lint: its name as told, its place (None for standard input), kind and bytes.

    ``content`` is None where it could not be read; ``trouble`` says why.
    """

    name: str
    place: Path | None
    kind: FileKind
    content: bytes | None
    trouble: str = ""


def find_files(
    paths: Sequence[str],
    kinds: frozenset[FileKind],
    stdin_name: str,
    forced: FileKind | None = None,
) -> Iterator[Source]:
    """
    Yield the files of the kinds, in the order of the paths, sorted below a folder, each once.

    With a ``forced`` kind a file named itself, and standard input, are of that kind whatever they
    hold; below a folder only files of that kind are found.

    Raises:
        TargetError: a path is not there, or a file named itself is of no kind that is known.
    """
    seen: set[str] = set()
    kinds = frozenset({forced}) if forced else kinds
    for path in paths:
        if path == "-":
            yield _standard_input(stdin_name, kinds, forced)
            continue
        place = Path(path)
        if place.is_dir():
            for found in _below(place):
                source = _recognised(found, kinds)
                if source is not None and os.path.realpath(found) not in seen:
                    seen.add(os.path.realpath(found))
                    yield source
        elif os.path.realpath(place) not in seen:
            seen.add(os.path.realpath(place))
            yield _named(place, kinds, forced)


def kind_of(name: str, content: bytes) -> FileKind | None:
    """
    Return the kind of a file by its name, and by its content where the name does not decide.

    >>> kind_of("Dockerfile.dev", b""), kind_of("x.yaml", b"apiVersion: v1\\nkind: Pod\\n").value
    (<FileKind.DOCKERFILE: 'dockerfile'>, 'kubernetes')
    """
    if _DOCKERFILE.fullmatch(name) and not _NOT_DOCKERFILE.fullmatch(name):
        return FileKind.DOCKERFILE
    if name in KUSTOMIZATIONS:
        return FileKind.KUBERNETES
    head = content[:_HEAD]
    if name.lower().endswith((".yaml", ".yml", ".json")):
        if _COMPOSE.fullmatch(name):
            return FileKind.COMPOSE
        if "compose" in name.lower() and _SERVICES.search(head):
            return FileKind.COMPOSE
        return _of_yaml(head)
    return None


def _of_yaml(head: bytes) -> FileKind | None:
    if _KUBERNETES.search(head) and _KIND.search(head):
        return FileKind.KUBERNETES
    if b'"apiVersion"' in head and b'"kind"' in head:
        return FileKind.KUBERNETES
    return None


def _standard_input(name: str, kinds: frozenset[FileKind], forced: FileKind | None) -> Source:
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    kind = forced or (kind_of(Path(name).name, content) if name else None)
    kind = kind or _of_yaml(content[:_HEAD]) or _by_content(content) or FileKind.DOCKERFILE
    if kind not in kinds:
        raise TargetError(f"standard input is a {kind} file, which is not linted yet")
    return _checked(name or "-", None, kind, content)


def _by_content(content: bytes) -> FileKind | None:
    head = content[:_HEAD]
    if _BUILDS.search(head):
        return FileKind.DOCKERFILE
    return FileKind.COMPOSE if _SERVICES.search(head) else None


def _named(place: Path, kinds: frozenset[FileKind], forced: FileKind | None) -> Source:
    try:
        content = _read(place)
    except OSError as error:
        raise TargetError(f"{place}: {error.strerror}") from None
    kind = forced or kind_of(place.name, content)
    kind = kind or _of_yaml(content[:_HEAD]) or _by_content(content)
    if kind is None or kind not in kinds:
        hint = f"it reads {', '.join(sorted(kinds))}; --kind says which one it is"
        raise TargetError(f"{place} is no file that lint knows", hint=hint)
    return _checked(str(place), place, kind, content)


def _recognised(place: Path, kinds: frozenset[FileKind]) -> Source | None:
    name = place.name
    text = name.lower().endswith((".yaml", ".yml", ".json"))
    by_name = kind_of(name, b"")
    if by_name is None and (not text or kinds == {FileKind.DOCKERFILE}):
        return None
    try:
        content = _read(place)
    except OSError as error:
        if by_name is None:
            return None
        trouble = error.strerror or "cannot be read"
        return Source(name=str(place), place=place, kind=by_name, content=None, trouble=trouble)
    kind = kind_of(name, content)
    return _checked(str(place), place, kind, content) if kind in kinds and kind else None


def _checked(name: str, place: Path | None, kind: FileKind, content: bytes) -> Source:
    if len(content) > MAX_BYTES:
        trouble = f"larger than {MAX_BYTES} bytes"
        return Source(name=name, place=place, kind=kind, content=None, trouble=trouble)
    return Source(name=name, place=place, kind=kind, content=content)


def _read(place: Path) -> bytes:
    with place.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _below(folder: Path) -> Iterator[Path]:
    left = MOST_ENTRIES
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(files):
            left -= 1
            if left < 0:
                raise TargetError(f"{folder} holds more than {MOST_ENTRIES} files")
            place = Path(root, name)
            if not place.is_symlink() and place.is_file():
                yield place
