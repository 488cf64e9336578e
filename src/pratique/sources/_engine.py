"""
Open an image of a Docker or Podman daemon through its API on a unix socket.

Laws: the image is inspected first and its layers are addressed by diff ID, so layers that are
known already cost nothing; only the first layer that must be read makes the daemon export the
image, into an unnamed temporary file, bounded; the export must hold the very layers that were
announced. Source: Docker Engine API v1.41 (Podman's compatible API is the same).
"""

import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote

from msgspec import Struct

from pratique.formats.image.engine_inspect import InspectedImage, read_history, read_inspect
from pratique.formats.image.oci import DOCKER_LAYER
from pratique.formats.image.platforms import best
from pratique.formats.image.shown_step import shown_step
from pratique.formats.packed import unpacked
from pratique.kit.http import (
    Backoff,
    Http,
    HttpError,
    HttpStatus,
    HttpTooLarge,
    HttpUnreachable,
)
from pratique.model.digest import Digest
from pratique.model.errors import StorageError, TargetError, UsageError
from pratique.model.image import Descriptor, Image, Layer
from pratique.sources import docker_archive
from pratique.sources._archive import Archive, archive_of, refusing
from pratique.sources.interface import (
    InvalidImage,
    Opened,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)

UNKNOWN_SIZE = -1
"""Size of a layer that is known only once the daemon has exported it."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/:@-]{0,510}[A-Za-z0-9])?")
_EXPORT_SILENCE_S = 300.0
"""A daemon packs an image before the first byte comes."""


class Engine(Struct, frozen=True):
    """Which daemon: what to call it, where it listens, how to get an image into it."""

    label: str
    socket: Path
    pull: str


def open_image(engine: Engine, name: str, options: Options) -> Opened:
    """
    Return the image a daemon calls ``name``.

    Raises:
        TargetError: no daemon, no such image, or not what it says it is.
    """
    if not _NAME.fullmatch(name) or ".." in name:
        raise TargetNotFound(f"{engine.label}: not an image name: {name[:120]!r}")
    blobs = EngineBlobs(engine, options)
    try:
        image = blobs.inspect(name)
    except BaseException:
        blobs.close()
        raise
    return Opened(images=(image,), blobs=blobs)


def unix_socket(address: str, label: str) -> Path:
    """
    Return the path of a ``unix://`` address.

    Raises:
        UsageError: it is of another kind.

    >>> unix_socket("unix:///run/docker.sock", "docker")
    PosixPath('/run/docker.sock')
    """
    if not address.startswith("unix://"):
        raise UsageError(
            f"{label}: only unix sockets are spoken to, not {address[:100]!r}",
            hint=f"pipe the image in: {label} save IMAGE | pratique scan -",
        )
    return Path(address.removeprefix("unix://"))


class EngineBlobs:
    """Hand out the layers of one image of a daemon; exports it when the first one is asked for."""

    local = False

    def __init__(self, engine: Engine, options: Options) -> None:
        self._engine = engine
        self._options = options
        self._http = Http(
            environ=options.environ,
            timeout_s=max(options.timeout_s, _EXPORT_SILENCE_S),
            unix_socket=engine.socket,
            backoff=Backoff(retries=0),
        )
        self._image: InspectedImage | None = None
        self._archive: Archive | None = None
        self._members: dict[Digest, str] = {}

    def inspect(self, name: str) -> Image:
        """
        Return the image without any layer's content.

        Raises:
            TargetError: see `open_image`.
        """
        limits = self._options.limits
        label = f"{self._engine.label} {name}"
        with refusing(label):
            found = read_inspect(self._get(f"{_quoted(name)}/json", name), limits)
            count = len(found.config.diff_ids)
            steps = read_history(self._history(found.id), count, limits)
        self._check_platform(found, label)
        self._image = found
        return Image(
            target=name,
            digest=found.id,
            config_digest=found.id,
            config=found.config,
            layers=tuple(
                Layer(
                    index=i, blob=_layer(diff_id), diff_id=diff_id, created_by=shown_step(steps[i])
                )
                for i, diff_id in enumerate(found.config.diff_ids)
            ),
            name=found.names[0] if found.names else name,
        )

    def open(self, blob: Descriptor) -> BinaryIO:
        """
        Return a reader of a layer's plain tar.

        Raises:
            TargetError: the daemon does not give it.
        """
        archive = self._archive or self._export()
        if blob.digest not in self._members:
            raise InvalidImage(f"{self._engine.label}: no layer {blob.digest} in the export")
        window = archive.window(self._members[blob.digest])
        return cast(BinaryIO, unpacked(cast(BinaryIO, window), self._options.limits.tar_bytes))

    def close(self) -> None:
        """Close the connection and drop the export."""
        self._http.close()
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def _export(self) -> Archive:
        if self._image is None:
            raise AssertionError("a layer is asked for before the image was inspected")
        label = f"{self._engine.label} export of {self._image.id}"
        with refusing(label):
            archive = archive_of(self._fetch(self._image.id), self._options.limits, label)
        try:
            saved = docker_archive.wanted(
                docker_archive.saved_images(archive, self._options), "", label
            )
            image, _ = docker_archive.read_saved_image(archive, saved, label, self._options)
            if image.config.diff_ids != self._image.config.diff_ids:
                raise InvalidImage(f"{label}: it holds other layers than were announced")
        except TargetError:
            archive.close()
            raise
        self._members = dict(zip(image.config.diff_ids, saved.layers, strict=True))
        self._archive = archive
        return archive

    def _fetch(self, identity: Digest) -> int:
        """Return a descriptor of an unnamed file that holds the export."""
        url = f"http://localhost/images/{_quoted(identity)}/get"
        try:
            with tempfile.TemporaryFile(prefix="pratique-") as file:
                self._http.download(url, file, max_bytes=self._options.limits.tar_bytes)
                file.flush()
                return os.dup(file.fileno())
        except HttpError as error:
            raise self._named(error, identity) from None
        except OSError as error:
            raise StorageError(
                f"cannot keep the image in {tempfile.gettempdir()}: {error.strerror or error}",
                hint="free some space or set TMPDIR to a larger place",
            ) from None

    def _get(self, path: str, name: str) -> bytes:
        try:
            return self._ask(path)
        except HttpError as error:
            raise self._named(error, name) from None

    def _history(self, identity: Digest) -> bytes:
        """Return the history, or an empty one: it only explains, and Podman 4 fails on no dates."""
        try:
            return self._ask(f"{_quoted(identity)}/history")
        except HttpStatus:
            return b"[]"
        except HttpError as error:
            raise self._named(error, identity) from None

    def _ask(self, path: str) -> bytes:
        url = f"http://localhost/images/{path}"
        return self._http.request("GET", url, max_bytes=self._options.limits.json_bytes).body

    def _check_platform(self, found: InspectedImage, label: str) -> None:
        wanted = self._options.platform
        if wanted is not None and best(wanted, [found.config.platform]) is None:
            raise TargetNotFound(
                f"{label}: no image for {wanted}", hint=f"there is {found.config.platform}"
            )

    def _named(self, error: HttpError, name: str) -> TargetError:
        label, socket = self._engine.label, self._engine.socket
        if isinstance(error, HttpStatus) and error.status == 404:
            hint = f"get it with `{self._engine.pull} {name}`, or scan registry:{name}"
            return TargetNotFound(f"{label} has no image {name}", hint=hint)
        if isinstance(error, HttpStatus):
            return TargetRefused(f"{label} answers HTTP {error.status}", hint=f"see {socket}")
        if isinstance(error, HttpTooLarge):
            return InvalidImage(f"{label}: the image is larger than a scan allows")
        if isinstance(error, HttpUnreachable) and "ermission" in str(error):
            hint = "run as a user who may use it"
            return TargetRefused(f"{label}: may not use {socket}", hint=hint)
        hint = f"is it running, and does it listen on {socket}?"
        if label == "podman":  # the only one whose client works without a service
            hint += " without: `podman save NAME | pratique scan -`"
        return TargetUnreachable(f"{label}: no answer on {socket}", hint=hint)


def _layer(diff_id: Digest) -> Descriptor:
    return Descriptor(media_type=DOCKER_LAYER, digest=diff_id, size_bytes=UNKNOWN_SIZE)


def _quoted(name: str) -> str:
    return quote(name, safe="/:@")
