"""
Propose changes that clear findings: the one interface of this folder.

A remedy is one module: ``NAME`` (what it does, as an order), ``TITLE`` and ``propose``. It looks at
a ``Situation`` and yields ``Change`` values; it reads no file and writes none. Law: a change never
claims a finding that it does not clear. What it does to packages is said as ``versions``,
``removes`` and ``adds``; which findings that clears is found out by matching again, not by the
remedy. Where no safe edit is known, a change carries the command to run instead.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Dockerfile, Instruction
from pratique.model.edit import Edit
from pratique.model.finding import Finding
from pratique.model.package import Package
from pratique.model.report import Subject


class Breaks(StrEnum):
    """
    How much a change may break, in the words of semantic versioning.

    >>> Breaks.PATCH.rank < Breaks.MAJOR.rank
    True
    """

    PATCH = "patch"
    """The same software with fixes only."""
    MINOR = "minor"
    """New functions, the old ones stay; or the program must show that it does without something."""
    MAJOR = "major"
    """What relied on the old behaviour may fail."""

    @property
    def rank(self) -> int:
        """Return 0 for patch … 2 for major."""
        return list(Breaks).index(self)


class Upgrade(Struct, frozen=True):
    """A package, by ``Package.key``, and the version it has after a change."""

    package: str
    version: str


class Change(Struct, frozen=True, kw_only=True):
    """
    One change that a person can make or leave.

    ``what`` is one line, ``why`` a sentence. ``clears`` are ids of findings; a remedy names those
    that no package has (configuration, secrets), matching again adds the others. ``introduces``
    counts findings that come with it. ``edits`` change files by position; ``commands`` are what to
    run where no edit is safe, ``notes`` what a person must know. Of changes with one ``choice`` at
    most one is made. ``removes`` and ``adds`` are packages, ``unsure`` says in words what of the
    outcome is not known.
    """

    remedy: str
    what: str
    why: str
    breaks: Breaks
    line: int = 0
    clears: tuple[str, ...] = ()
    introduces: int = 0
    removed_risk: float = 0.0
    edits: tuple[Edit, ...] = ()
    commands: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    choice: str = ""
    versions: tuple[Upgrade, ...] = ()
    removes: tuple[str, ...] = ()
    adds: tuple[Package, ...] = ()
    unsure: tuple[str, ...] = ()


class KnownBase(Struct, frozen=True, kw_only=True):
    """An image that could be built on instead: what FROM would say, and its report."""

    reference: str
    subject: Subject


class Situation(Struct, frozen=True, kw_only=True):
    """
    All that a remedy may look at.

    ``findings`` are those that count. ``name`` is what edits of the Dockerfile call it; ``chain``
    are the stages that the image is built from, the image's own last. ``origins`` map the index of
    a layer to the instruction that made it; ``base_layers`` is how many of the lowest layers came
    with the base image, None where nobody knows. ``files`` are manifests beside the Dockerfile by
    relative path. ``judge`` says which findings packages would have.
    """

    subject: Subject
    findings: tuple[Finding, ...]
    judge: Callable[[Sequence[Package]], tuple[Finding, ...]]
    dockerfile: Dockerfile | None = None
    name: str = "Dockerfile"
    chain: tuple[Stage, ...] = ()
    origins: Mapping[int, Instruction] = {}
    base_layers: int | None = None
    files: Mapping[str, bytes] = {}
    bases: tuple[KnownBase, ...] = ()


class Remedy(Protocol):
    """The interface of a remedy module."""

    NAME: str
    TITLE: str

    def propose(self, situation: Situation) -> Iterable[Change]:
        """Return the changes that this remedy knows, none where it does not apply."""
