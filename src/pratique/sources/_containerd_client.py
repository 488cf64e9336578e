"""
Ask a running containerd for its images through its own client `ctr`, which must be installed.

For where its files cannot be read (`_containerd_store`). `ctr` speaks containerd's gRPC and hands
out content by digest, so nothing is exported and only layers that must be read are.
``CONTAINERD_ADDRESS`` and ``CONTAINERD_NAMESPACE`` choose the service and the namespace
(Kubernetes uses ``k8s.io``).
"""

import io
import subprocess
from typing import IO, BinaryIO, cast

from pratique.model.digest import Digest, parse_digest
from pratique.model.errors import TargetError
from pratique.model.image import Descriptor
from pratique.sources._images import foreign_layer, is_foreign
from pratique.sources.interface import (
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)

_UNKNOWN_SIZE = -1
_STREAM_BYTES = 256 << 10
_COMPLAINT_BYTES = 64 << 10


class ClientBlobs:
    """Hand out content by digest; both a `Store` and the `Blobs` of what was opened."""

    local = False
    label = "containerd"

    def __init__(self, options: Options) -> None:
        self._options = options

    def root(self, *names: str) -> Descriptor:
        """
        Return what the first known of ``names`` points at.

        Raises:
            TargetError: no service, no such image.
        """
        for name in names:
            listed = self._run("images", "list", f"name=={name}").decode(errors="replace")
            for row in (line.split() for line in listed.splitlines()[1:]):
                if len(row) > 2 and row[0] == name:
                    digest = parse_digest(row[2])
                    return Descriptor(media_type="", digest=digest, size_bytes=_UNKNOWN_SIZE)
        namespace = self._options.environ.get("CONTAINERD_NAMESPACE", "default")
        raise TargetNotFound(
            f"containerd has no image {names[-1]} in the namespace {namespace}",
            hint="list them with `ctr images list`; Kubernetes: CONTAINERD_NAMESPACE=k8s.io",
        )

    def read(self, blob: Descriptor) -> bytes:
        """Return a document whole."""
        with self.open(blob) as stream:
            content = stream.read(self._options.limits.json_bytes + 1)
        if len(content) > self._options.limits.json_bytes:
            raise InvalidImage(f"containerd: {blob.digest} is too large for a document")
        return content

    def holds(self, blob: Descriptor) -> bool:
        """Return whether the content store has the blob; other platforms may be left out."""
        listed = self._run("content", "list", "--quiet", f"digest=={blob.digest}")
        return blob.digest in listed.decode(errors="replace").split()

    def open(self, blob: Descriptor) -> BinaryIO:
        """
        Return a reader of a blob's stored bytes.

        Raises:
            ForeignLayer: it is kept elsewhere.
            TargetError: no `ctr`; while reading: absent, or the service went away.
        """
        if is_foreign(blob) and not self.holds(blob):
            raise foreign_layer(self.label, blob)
        raw = _ProcessReader(self._start("content", "get", blob.digest), blob.digest)
        return cast(BinaryIO, io.BufferedReader(raw, _STREAM_BYTES))

    def close(self) -> None:
        """Do nothing: each reader ends its own process."""

    def _run(self, *words: str) -> bytes:
        with self._start(*words) as process:
            try:
                said, complaint = process.communicate(timeout=self._options.timeout_s)
            except subprocess.TimeoutExpired:
                process.kill()
                raise TargetUnreachable(
                    f"containerd: ctr did not answer within {self._options.timeout_s:g} s"
                ) from None
        if process.returncode:
            raise _named(complaint)
        return said

    def _start(self, *words: str) -> "subprocess.Popen[bytes]":
        try:
            return subprocess.Popen(
                ["ctr", *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=dict(self._options.environ),
            )
        except OSError as error:
            raise TargetUnreachable(
                f"containerd: its client ctr cannot be run: {error.strerror}",
                hint="install containerd's ctr, or pipe the image in: … | pratique scan -",
            ) from None


class _ProcessReader(io.RawIOBase):
    """Read what a process writes; its failure at the end is an error, never a short blob."""

    def __init__(self, process: "subprocess.Popen[bytes]", digest: Digest) -> None:
        super().__init__()
        self._process = process
        self._digest = digest

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill ``buffer``; 0 at the end."""
        stdout = cast(io.BufferedReader, self._process.stdout)
        count = stdout.readinto1(buffer)
        if count == 0:
            complaint = cast(IO[bytes], self._process.stderr).read(_COMPLAINT_BYTES)
            if self._process.wait():
                raise _named(complaint)
        return count

    def close(self) -> None:
        """End the process; safe to call twice."""
        if not self.closed:
            self._process.kill()
            with self._process:  # closes its pipes and waits
                pass
        super().close()


def _named(complaint: bytes) -> TargetError:
    """Say what `ctr` complained of."""
    text = complaint.decode(errors="replace").strip().splitlines()
    said = "".join(c if c.isprintable() else " " for c in (text or ["no reason given"])[-1])[:200]
    if "not found" in said:
        return InvalidImage(f"containerd: {said}", hint="pull the image again for this platform")
    if "permission denied" in said:
        return TargetRefused(f"containerd: {said}", hint="run as a user who may use its socket")
    hint = "is it running? CONTAINERD_ADDRESS names its socket"
    return TargetUnreachable(f"containerd: {said}", hint=hint)
