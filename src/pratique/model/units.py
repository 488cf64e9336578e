"""
Hold the protocols of image units and the tree they work on.

Siblings on the producers' floor meet here: extractors (and later malware, licences, checks) see a
``FileTree``; only the pipeline knows how it is made.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Protocol

from msgspec import Struct

from pratique.model.layer import Entry
from pratique.model.package import Extraction, LayerRef


class Patterns(Struct, frozen=True, kw_only=True):
    """
    Say statically which files a unit wants, so one compiled selector serves all units.

    Paths are relative without a leading slash. ``paths`` are exact; ``names`` are base names
    anywhere; ``suffixes`` end a path (``.jar``, ``/lib/apk/db/installed``); ``folders`` take every
    file directly inside a folder (``var/lib/dpkg/status.d``); ``trees`` take every file below it;
    ``endings`` are pairs (folder, ending) and take the files directly inside the folder whose
    names end so (``("var/lib/dpkg/info", ".md5sums")``). ``globs`` match a whole path or its end
    behind a slash, ``*`` standing for any text within one part (``wp-content/plugins/*/*.php``);
    ``magics`` are what the content of a file starts with, whatever its name (layer units only).
    ``max_bytes`` bounds one file; a larger one becomes an Unknown.
    """

    paths: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    globs: tuple[str, ...] = ()
    magics: tuple[bytes, ...] = ()
    max_bytes: int = 64 << 20


class ListedUnit(Struct, frozen=True):
    """
    An extractor, or another unit that looks into files, as the index knows it.

    ``module`` is its place below ``pratique``; ``single`` says that it looks at single
    files (a layer unit), not at the merged tree.
    """

    name: str
    version: int
    module: str
    single: bool
    patterns: Patterns


class Node(Struct, frozen=True):
    """One file of the merged tree and the layer that introduced it."""

    entry: Entry
    layer: LayerRef | None


class FileTree(Protocol):
    """
    The merged tree of an image, as a container would see it.

    Symlinks are resolved inside the tree only (at most ``Limits.symlink_hops``). No method reads
    a file of the host.
    """

    def get(self, path: str) -> Node | None:
        """Return the regular file or directory at ``path``, symlinks followed; None if absent."""

    def lstat(self, path: str) -> Node | None:
        """Return what stands at ``path`` itself, the last symlink not followed."""

    def read(self, path: str) -> bytes:
        """
        Return the bytes of the file at ``path``, symlinks followed.

        Raises:
            FormatError: absent, not a regular file, or its bytes were not kept (over
                ``Patterns.max_bytes``, or outside every unit's patterns).
        """

    def matching(self, patterns: Patterns) -> Iterator[str]:
        """Yield the paths of regular files the patterns select, sorted."""

    def children(self, path: str) -> Iterator[str]:
        """Yield the paths directly below a directory, sorted."""

    def layer_of(self, path: str) -> LayerRef | None:
        """Return the layer that introduced the file at ``path``, symlinks followed."""

    def versions(self, path: str) -> Sequence[tuple[LayerRef | None, bytes]]:
        """
        Return the bytes of ``path`` in each layer that wrote it, lowest first.

        The bytes are fetched when an item is asked for: together they may be more than fits.

        Serves to tell which layer introduced a package into a database that several layers wrote.
        """


class LayerFile(Protocol):
    """One regular file of a layer, as a layer unit sees it: nothing around it, random access."""

    @property
    def path(self) -> str:
        """Its path in the layer, relative."""

    @property
    def size_bytes(self) -> int:
        """Its length."""

    @property
    def mode(self) -> int:
        """Its permission bits."""

    def read(self, offset: int, size: int) -> bytes:
        """Return up to ``size`` bytes from ``offset``, fewer at the end."""

    def content(self) -> bytes:
        """
        Return all of it.

        Raises:
            LimitExceeded: more than ``Limits.kept_file_bytes``.
        """

    def open(self) -> BinaryIO:
        """Return a seekable reader of its own position; for zip files and other random access."""


class LayerUnit(Protocol):
    """
    An extractor that one file's bytes are enough for: one per file in ``extractors/``.

    It runs where the layer is read (a confined worker), and what it finds is cached with the layer.
    """

    NAME: str
    VERSION: int
    """Raised whenever the result for the same file may change; part of every cache key."""
    PATTERNS: Patterns

    def extract_file(self, file: LayerFile) -> Extraction:
        """
        Return the packages that one file shows.

        ``location`` of each is empty, or ``!inner/path`` for what lies inside an archive; the
        pipeline puts the file's path before it, and sets ``layer``. ``location`` of an Unknown
        likewise. ``distro`` is not looked at.

        Raises:
            FormatError: the file is not what its name says (becomes a coverage Unknown).
        """


class ImageUnit(Protocol):
    """An extractor that needs the merged tree: one per file in ``extractors/``."""

    NAME: str
    VERSION: int
    """Raised whenever the result for the same bytes may change; part of every cache key."""
    PATTERNS: Patterns

    def extract(self, tree: FileTree) -> Extraction:
        """Return the packages of this unit's kind; what fails becomes an Unknown in the result."""
