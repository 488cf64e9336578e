"""
Describe a program declaratively and find its version in the bytes of one file.

A unit of this family is data: a ``Program`` with its names, its evidence and ``SAMPLES`` that prove
it. Law: a file counts only if its name, its first bytes and the words around the version agree, so
that a text which merely mentions ``nginx/1.2.3`` is no nginx; the first evidence of the list that
is in the file decides, wherever in the file it stands. A file of the right name without evidence
says nothing: many programs share a name, and wrappers do.

Bounds: one pass over the file in windows of 4 MiB; a literal is searched at C speed and the pattern
only within ``reach`` bytes around it, at most ``MOST_PLACES`` times for each evidence, so that no
pattern can backtrack over more than a few hundred bytes.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from pratique.formats.cpe import cpe_name
from pratique.formats.known_programs import PROGRAMS
from pratique.formats.purl import package_url
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

ELF = (b"\x7fELF",)
PHP = (b"<?php",)
THREE = rb"(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5})"
TWO_OR_THREE = rb"(?P<version>[0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,5})?)"
RELEASE = rb"(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3}(?:-(?:alpha|beta|rc|ea)\.?[0-9]{1,2})?)"
"""A semantic version, as Go programs have it."""
MAX_BYTES = 512 << 20
"""The largest program looked into: debug builds of databases and browsers stay below."""
MOST_PLACES = 5000
_WINDOW = 4 << 20
_TEXT_BYTES = 1 << 20


class Evidence(Struct, frozen=True):
    """
    Words that stand next to a program's version.

    ``literal`` finds the place, ``pattern`` (its group ``version``) reads the version within
    ``reach`` bytes before and after the literal's ends. In both, ``{series}`` is replaced by what
    ``Program.series`` found in the file's name. Without a literal the pattern is searched in the
    whole file, and counts only if all its matches agree: for Go programs, whose linker puts the
    version they were given between bytes of other data.
    """

    literal: bytes
    pattern: bytes
    reach: int = 128


class Sample(Struct, frozen=True):
    """
    The words of a published build, where that build is from, and the version they show.

    ``words`` are bytes from the middle of the file: what it begins with is ``Program.heads``.
    """

    path: str
    words: bytes
    version: str
    source: str


class Program(Struct, frozen=True, kw_only=True):
    """
    One program.

    ``name`` is its key in ``formats.known_programs`` and the name of its package. ``names`` and
    ``globs`` say what its file is called; ``heads`` what it may begin with, empty for text of any
    kind. ``series`` is a pattern for the file's base name. ``others`` are words which show that the
    file is another program of the same name. ``module`` is the Go module it is built from: a
    binary that states the module's version is left to the unit that reads Go's build information.
    """

    name: str
    names: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]
    heads: tuple[bytes, ...] = ELF
    series: bytes = b""
    others: tuple[bytes, ...] = ()
    module: bytes = b""

    def patterns(self) -> Patterns:
        """Return which files are looked into."""
        size = MAX_BYTES if self.heads else _TEXT_BYTES
        return Patterns(names=self.names, globs=self.globs, max_bytes=size)

    def extractor(self, unit: str) -> Callable[[LayerFile], Extraction]:
        """Return the ``extract_file`` of the unit called ``unit``."""

        def extract_file(file: LayerFile) -> Extraction:
            """Return the program that the file is, or nothing."""
            version = self.version_of(file)
            return Extraction(packages=(self._package(version, unit),) if version else ())

        return extract_file

    def version_of(self, file: LayerFile) -> str:
        """Return the version that the file shows, empty where it shows none."""
        if self.heads and not file.read(0, 16).startswith(self.heads):
            return ""
        series = self._series(file.path)
        if series is None:
            return ""
        return _Search(self, series).run(file)

    def _series(self, path: str) -> bytes | None:
        if not self.series:
            return b""
        found = _compiled(self.series).match(path.rpartition("/")[2].encode())
        return (found["series"] or b"") if found else None

    def _package(self, version: str, unit: str) -> Package:
        identity = PROGRAMS[self.name]
        return Package(
            type=PackageType.GENERIC,
            name=self.name,
            version=version,
            purl=package_url("generic", self.name, version),
            cpes=tuple(cpe_name(product, version) for product in identity.cpes),
            origin=unit,
        )


class _Search:
    """Look for all evidence of a program in one pass over a file."""

    def __init__(self, program: Program, series: bytes) -> None:
        self._others = program.others
        tagged = Evidence(b"\t" + program.module, _TAGGED % re.escape(program.module))
        self._evidence = [
            _filled(one, series)
            for one in program.evidence
            if series or b"{series}" not in one.literal
        ]
        if program.module:
            self._evidence.append(tagged)
        self._module = len(self._evidence) - 1 if program.module else -1
        self._found: dict[int, str] = {}
        self._agreeing: dict[int, set[bytes]] = {}
        self._places = [0] * len(self._evidence)
        margins = (2 * one.reach + len(one.literal) for one in self._evidence)
        self._margin = max(margins, default=1)

    def run(self, file: LayerFile) -> str:
        for window, last in _windows(file, self._margin):
            if any(other in window for other in self._others):
                return ""
            for index, evidence in enumerate(self._evidence):
                if index not in self._found:
                    self._look(index, evidence, window, last=last)
            if 0 in self._found and not self._others and self._module < 0:
                break
        for index, versions in self._agreeing.items():
            if len(versions) == 1:
                self._found[index] = next(iter(versions)).decode("ascii", "replace")
        if self._module in self._found or not self._found:
            return ""
        return self._found[min(self._found)]

    def _gather(self, index: int, evidence: Evidence, window: bytes) -> None:
        versions = self._agreeing.setdefault(index, set())
        for place in _DOTTED.finditer(window):
            around = window[max(0, place.start() - _BEFORE) : place.end()]
            ends = _compiled(evidence.pattern).finditer(around)
            versions.update(found["version"] for found in ends if found.end() == len(around))
            if len(versions) > 1:
                return

    def _look(self, index: int, evidence: Evidence, window: bytes, *, last: bool) -> None:
        if not evidence.literal:
            self._gather(index, evidence, window)
            return
        place = window.find(evidence.literal)
        while place >= 0 and self._places[index] < MOST_PLACES:
            end = place + len(evidence.literal) + evidence.reach
            # Near the end of a window the words around are cut: the next window has them whole.
            if end > len(window) and not last:
                return
            self._places[index] += 1
            around = window[max(0, place - evidence.reach) : end]
            found = _compiled(evidence.pattern).search(around)
            if found:
                self._found[index] = found["version"].decode("ascii", "replace")
                return
            place = window.find(evidence.literal, place + 1)


def _windows(file: LayerFile, margin: int) -> Iterator[tuple[bytes, bool]]:
    """Yield pieces that overlap by ``margin``, and whether each is the last."""
    tail, offset = b"", 0
    while True:
        piece = file.read(offset, _WINDOW)
        offset += len(piece)
        last = len(piece) < _WINDOW or offset >= min(file.size_bytes, MAX_BYTES)
        window = tail + piece
        yield window, last
        if last:
            return
        tail = window[-margin:]


def _filled(evidence: Evidence, series: bytes) -> Evidence:
    literal = evidence.literal.replace(b"{series}", series)
    return Evidence(
        literal, evidence.pattern.replace(b"{series}", re.escape(series)), evidence.reach
    )


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    # Lazily: most images hold none of these programs.
    return re.compile(pattern, re.DOTALL)


_BEFORE = 16
_DOTTED = re.compile(rb"\.[0-9]{1,4}\.[0-9]{1,5}[-+0-9a-z.]{0,24}\0")
"""The end of a version of three numbers and the NUL behind it: cheap to find in a large file."""
_TAGGED = rb"\n(?:mod|dep)\t%s(?:/v[0-9]{1,3})?\t(?P<version>v[0-9]+\.[0-9]+\.[0-9]+)[\t\n+]"
"""A module at a released version, as Go's build information writes it (no pseudo-version)."""
