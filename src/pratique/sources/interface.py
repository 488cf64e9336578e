"""
Open a target: the one interface of this folder, its values and its errors.

A source module defines ``NAME``, ``PREFIX`` (what stands before the colon of a target) and
``open_target``. A source never interprets a layer: it says which blobs there are and hands out
their raw bytes; phase 1 verifies digest and size while it reads.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.digest import Digest
from pratique.model.distro import Distro
from pratique.model.errors import TargetError
from pratique.model.image import Descriptor, Image, Platform
from pratique.model.package import Package
from pratique.model.unknown import Unknown
from pratique.model.vex import VexStatement


class TargetNotFound(TargetError):
    """Report that nothing stands under this name."""

    fix = "check the spelling; `pratique scan --help` lists the forms a target can take"


class TargetRefused(TargetError):
    """Report that the registry or daemon did not let us in."""

    fix = "log in with `docker login`, `podman login` or `skopeo login` and try again"


class TargetUnreachable(TargetError):
    """Report that the registry or daemon could not be reached."""

    fix = "check the network, proxy variables and the host name"


class InvalidImage(TargetError):
    """Report a manifest, index or config that is malformed, or content that is not its digest."""

    fix = "pull or build the image again; if it stays so, treat it as hostile"


class AmbiguousTarget(TargetError):
    """Report several images where one was asked for; the message lists the tags."""

    fix = "name one of the tags after a colon"


class ForeignLayer(TargetError):
    """
    Report a layer whose content is kept elsewhere by its publisher's wish; it is never fetched.

    The target stands: such a layer is an Unknown of the scan.
    """

    fix = "scan an image that holds this layer itself, or accept that it is not looked at"


class Blobs(Protocol):
    """
    Hand out the raw bytes of blobs; the caller verifies and closes.

    ``local`` True: files of this machine, whose stored bytes are to be hashed on every run.
    """

    local: bool

    def open(self, blob: Descriptor) -> BinaryIO:
        """
        Return an unbuffered-enough reader of a blob's stored bytes.

        Raises:
            ForeignLayer: it is kept elsewhere and was not fetched.
            TargetError: the blob is absent or refused.
        """

    def close(self) -> None:
        """Release sockets, descriptors and temporary files."""


class RootFolder(Struct, frozen=True, kw_only=True):
    """A root file system that lies unpacked on this host; read without following its links out."""

    target: str
    path: Path


class Inventory(Struct, frozen=True, kw_only=True):
    """The packages that an SBOM file lists, and its analyses; ``digest`` is the file's sha256."""

    target: str
    digest: Digest
    packages: tuple[Package, ...]
    distro: Distro | None = None
    unknowns: tuple[Unknown, ...] = ()
    vex: tuple[VexStatement, ...] = ()


class Opened(Struct, frozen=True, kw_only=True):
    """
    A target that was identified.

    Exactly one of ``images`` (one per wanted platform), ``folder`` and ``inventory`` is set.
    ``skipped`` says what of an index was left out and why (attestation manifests and the like).
    ``close`` must be called at the end.
    """

    images: tuple[Image, ...] = ()
    blobs: Blobs | None = None
    folder: RootFolder | None = None
    inventory: Inventory | None = None
    unknowns: tuple[Unknown, ...] = ()
    skipped: tuple[str, ...] = ()

    def close(self) -> None:
        """Release what the target holds open."""
        if self.blobs is not None:
            self.blobs.close()


class Options(Struct, frozen=True, kw_only=True):
    """
    What a source needs to know beyond the target.

    ``platform`` None means the host's own with linux/amd64 as fallback; ``all_platforms`` every
    image of an index. ``environ`` is the process environment (proxies, DOCKER_CONFIG…).
    ``mirrors`` are ``HOST=MIRROR[/PATH]``, asked in order before the registry itself (default:
    ``PRATIQUE_REGISTRY_MIRRORS``, separated by commas). ``plain_http`` allows a registry without
    TLS. ``registry_config`` is the login file to use instead of Docker's and Podman's.
    ``containerd_root`` is the folder of containerd's files (its `root` setting). ``progress`` is
    told (blob digest, bytes so far, bytes in all).
    """

    platform: Platform | None = None
    all_platforms: bool = False
    plain_http: bool = False
    ca_file: Path | None = None
    registry_config: Path | None = None
    containerd_root: Path | None = None
    mirrors: tuple[str, ...] = ()
    timeout_s: float = 30.0
    retries: int = 4
    limits: Limits = DEFAULT
    environ: Mapping[str, str] = {}
    progress: Callable[[str, int, int], None] | None = None


class Source(Protocol):
    """The interface of a source module."""

    NAME: str
    PREFIX: str

    def open_target(self, target: str, options: Options) -> Opened:
        """
        Identify ``target`` (its prefix already cut off).

        Raises:
            TargetError: it cannot be identified.
        """
