"""
Gather everything known about the subjects of one run.

Law: same digest, advisory data, options and ``now`` give an equal report, hence equal bytes.
"""

from enum import StrEnum

from msgspec import Struct

from pratique.model.advisory import DataStatus
from pratique.model.digest import Digest
from pratique.model.distro import Distro
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.package import OwnedFile, Package
from pratique.model.part import BaseImage
from pratique.model.unknown import Unknown
from pratique.model.verdict import Verdict
from pratique.model.vex import VexStatement


class SubjectKind(StrEnum):
    """What was looked at."""

    IMAGE = "image"
    DIRECTORY = "directory"
    SBOM = "sbom"
    FILE = "file"
    """A Dockerfile, Compose or Kubernetes file that was linted."""


class Recipe(Struct, frozen=True, kw_only=True):
    """
    The Dockerfile that made an image: its path in the repository, and lines of it, from 1.

    ``layers`` maps the index of a layer to the line of its instruction, as far as known; the lowest
    ``base_layers`` came with the base, that the FROM in line ``base`` names. ``settings`` maps an
    instruction of the configuration (``USER``, and with its name ``ENV PATH``) to the last that stands
    there. ``last`` is the FROM of the image's own stage.
    """

    file: str
    layers: dict[int, int]
    base_layers: int
    base: int
    last: int
    settings: dict[str, int] = {}


class Remediation(Struct, frozen=True, kw_only=True):
    """A change of files: what it does, the ids of the findings it clears, and the patch (git's form)."""

    summary: str
    clears: tuple[str, ...]
    patch: bytes


class Subject(Struct, frozen=True, kw_only=True):
    """
    One image, directory, SBOM or linted file, and what was found in it.

    ``digest`` is the image digest; for an SBOM or a linted file its sha256; for a directory None.
    Lists are sorted: packages by type, name, version, location; findings worst first. ``vex`` holds
    the statements that came with the subject itself (an SBOM with analyses). ``verdict`` is what a
    policy decided, None where none was asked; ``base`` the image it was built on, None where that
    is not known.
    """

    kind: SubjectKind
    target: str
    digest: Digest | None = None
    image: Image | None = None
    distro: Distro | None = None
    packages: tuple[Package, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    owned: dict[str, tuple[OwnedFile, ...]] = {}
    vex: tuple[VexStatement, ...] = ()
    verdict: Verdict | None = None
    base: BaseImage | None = None
    recipe: Recipe | None = None
    """The Dockerfile it was built from, None where nobody named one that agrees with its history."""


class Report(Struct, frozen=True, kw_only=True):
    """
    The outcome of one run: always a list of subjects.

    ``now`` is ISO 8601 in UTC, from SOURCE_DATE_EPOCH or the clock. ``scanned`` False means that
    packages were listed but not matched (``pratique sbom``). ``skipped`` says what of an index was
    left out because it is no image (attestation manifests, artifacts), each with its digest.
    """

    tool_version: str
    now: str
    subjects: tuple[Subject, ...]
    data: tuple[DataStatus, ...] = ()
    scanned: bool = True
    threshold: str = ""
    outcome: str = ""
    """``pass``, ``fail``, ``undecided``, or empty where nothing was asked to be decided."""
    reasons: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    remediations: tuple[Remediation, ...] = ()
    """Changes of files that would clear findings, each by itself, where a plan was made."""
