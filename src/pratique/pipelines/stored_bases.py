"""
Offer images that were scanned and stored before as other bases: those of the base's own repository.

Law: only what the store holds an inventory of; its packages are judged anew, nothing is read or
pulled. At most ``MOST``, those that say they were created last.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from pratique.kit.store import Store
from pratique.model.package import Package
from pratique.model.report import Subject, SubjectKind
from pratique.model.stored import Piece, StoredImage
from pratique.remedies.interface import KnownBase
from pratique.sources.target import PREFIXES

MOST = 10
_NAMING = frozenset({"docker", "podman", "containerd", "registry"})
"""Prefixes of targets behind which a name stands that FROM can use."""


def stored_bases(
    folder: Path, subject: Subject, references: Iterable[str]
) -> tuple[KnownBase, ...]:
    """
    Return the stored images that could stand in for a subject's base.

    Args:
        folder: the folder of the store.
        subject: the image to mend; its own base, where it is known, names a repository.
        references: what FROM says.

    Raises:
        StorageError: the store cannot be read.
    """
    known = subject.base.names or (subject.base.name,) if subject.base else ()
    names = (*references, *map(reference_of, known))
    wanted = {repository(one) for one in names} - {"", "scratch"}
    if not wanted:
        return ()
    with Store(folder) as store:
        listed = [one for one in store.images() if repository(reference_of(one.target)) in wanted]
        found = [_base(one, store.held(one.digest)) for one in reversed(listed[-MOST:])]
    return tuple(one for one in found if one.subject.packages)


def reference_of(target: str) -> str:
    """
    Return what FROM would say for a target, empty for archives, folders and SBOMs.

    >>> reference_of("docker:debian:12"), reference_of("oci-archive:a.tar"), reference_of("./a.tar")
    ('debian:12', '', '')
    """
    prefix, colon, rest = target.partition(":")
    if colon and prefix in _NAMING:
        return rest
    if (colon and prefix in PREFIXES) or target.startswith(("/", ".", "~")):
        return ""
    return "" if target.partition(":")[0].endswith((".tar", ".gz", ".json")) else target


def repository(reference: str) -> str:
    """
    Return the repository of an image reference.

    >>> repository("docker.io/library/debian:12@sha256:0"), repository("localhost:5000/a/b:1")
    ('debian', 'localhost:5000/a/b')
    """
    head, slash, last = reference.partition("@")[0].rpartition("/")
    whole = head + slash + last.partition(":")[0]
    return whole.removeprefix("docker.io/").removeprefix("library/")


def _base(image: StoredImage, pieces: Sequence[Piece]) -> KnownBase:
    distro = next((one.distro for one in pieces if one.distro), None)
    return KnownBase(
        reference=reference_of(image.target),
        subject=Subject(
            kind=SubjectKind.IMAGE,
            target=image.target,
            digest=image.digest,
            distro=distro,
            packages=tuple(map(_whole, pieces)),
        ),
    )


def _whole(piece: Piece) -> Package:
    """Return the package, with the OS package it is a part of named as the inventory has it."""
    return replace(piece.package, owner=piece.owner.key) if piece.owner else piece.package
