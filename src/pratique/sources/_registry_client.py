"""
Fetch manifests and blobs of one repository, from its mirrors first.

Laws: a mirror never sees the credentials of the registry it stands for; plain HTTP is used only
when asked for or on loopback, where TLS is tried first; a manifest is asked for by digest once its
tag has been resolved, so that what is verified is what is read.
Source: OCI distribution-spec v1.1 (https://github.com/opencontainers/distribution-spec).
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, TypeVar, cast

from pratique.formats.image.oci import MANIFEST_TYPES
from pratique.formats.image.reference import Reference
from pratique.kit.http import (
    Backoff,
    Http,
    HttpError,
    HttpNotTls,
    HttpStatus,
    HttpUnreachable,
    Response,
)
from pratique.kit.http_transport import is_loopback
from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.image import Descriptor
from pratique.sources._credentials import find_login
from pratique.sources._registry_auth import RegistryAuth
from pratique.sources._registry_places import Place, own_authority, places
from pratique.sources._registry_refusal import refusal
from pratique.sources.interface import (
    Options,
    TargetRefused,
    TargetUnreachable,
)

_ACCEPT = {"accept": ", ".join(MANIFEST_TYPES)}
_STREAM_BYTES = 256 << 10
T = TypeVar("T")


class RepositoryClient:
    """One repository; tries its places in order and drops a mirror that cannot be reached."""

    def __init__(self, reference: Reference, options: Options) -> None:
        self.label = f"{reference.host}/{reference.repository}"
        self._options = options
        self._all = [_Endpoint(place, options) for place in places(reference, options)]
        self._endpoints = list(self._all)

    def resolve(self, tag: str) -> Digest | None:
        """
        Return the digest a tag stands for now; None where the registry does not say.

        Raises:
            TargetError: refused, unreachable, or no such tag.
        """
        return self._first(lambda endpoint: endpoint.resolve(tag), tag)

    def manifest(self, name: str) -> Response:
        """
        Return the manifest of a tag or digest.

        Raises:
            TargetError: refused, unreachable, or no such manifest.
        """
        return self._first(lambda endpoint: endpoint.manifest(name), name)

    def blob(self, digest: Digest) -> bytes:
        """
        Return a small blob whole.

        Raises:
            TargetError: refused, unreachable, absent or too large.
        """
        return self._first(lambda endpoint: endpoint.blob(digest), digest)

    def open_blob(self, blob: Descriptor) -> BinaryIO:
        """
        Return a reader of a blob that resumes by itself and ends with ``size_bytes``.

        Raises:
            TargetError: refused, unreachable or absent; also while reading.
        """
        stream = self._first(lambda endpoint: endpoint.open_blob(blob), blob.digest)
        raw = cast(io.BufferedReader, stream).detach()
        return cast(BinaryIO, _BlobReader(raw, self.label, blob.digest))

    def close(self) -> None:
        """Close the connections."""
        for endpoint in self._all:
            endpoint.close()

    def _first(self, ask: Callable[["_Endpoint"], T], what: str) -> T:
        """Return the first answer; what the last place says counts as the error."""
        for endpoint in tuple(self._endpoints):
            try:
                answer = ask(endpoint)
            except (TargetRefused, TargetUnreachable):  # said by its token server
                if endpoint is self._endpoints[-1]:
                    raise
                continue
            except HttpError as error:
                if endpoint is self._endpoints[-1]:
                    raise refusal(error, self.label, what, endpoint.auth) from None
                if isinstance(error, HttpUnreachable):
                    self._endpoints.remove(endpoint)
                continue
            return answer
        raise AssertionError("a repository without a place")


class _Endpoint:
    """One registry or mirror, over https or (allowed) http."""

    def __init__(self, place: Place, options: Options) -> None:
        self._place = place
        self._options = options
        host = place.address.rpartition(":")[0] if ":" in place.address else place.address
        self._may_fall_back = is_loopback(host.strip("[]")) and not options.plain_http
        self._http = Http(
            environ=options.environ,
            timeout_s=options.timeout_s,
            ca_file=options.ca_file or own_authority(place.address, options),
            backoff=Backoff(retries=options.retries),
        )
        self._speak("http" if options.plain_http else "https")

    def _speak(self, scheme: str) -> None:
        base_url = f"{scheme}://{self._place.address}"
        self._root = f"{base_url}/v2/{self._place.repository}"
        find = partial(find_login, self._place.login_host, self._place.repository, self._options)
        self.auth = RegistryAuth(base_url, self._place.repository, self._http, find)

    def resolve(self, tag: str) -> Digest | None:
        try:
            answer = self._get("HEAD", f"manifests/{tag}", _ACCEPT, 1)
        except HttpStatus as error:
            if error.status in (401, 403, 404, 429):
                raise
            return None  # no HEAD here
        try:
            return parse_digest(answer.headers.get("docker-content-digest"))
        except InvalidDigest:
            return None

    def manifest(self, name: str) -> Response:
        return self._get("GET", f"manifests/{name}", _ACCEPT, self._options.limits.json_bytes)

    def blob(self, digest: Digest) -> bytes:
        return self._get("GET", f"blobs/{digest}", {}, self._options.limits.json_bytes).body

    def open_blob(self, blob: Descriptor) -> BinaryIO:
        return self._over(
            lambda: self._http.open_stream(
                f"{self._root}/blobs/{blob.digest}", max_bytes=blob.size_bytes, auth=self.auth
            )
        )

    def close(self) -> None:
        self._http.close()

    def _get(self, method: str, path: str, headers: dict[str, str], most: int) -> Response:
        return self._over(
            lambda: self._http.request(
                method, f"{self._root}/{path}", max_bytes=most, headers=headers, auth=self.auth
            )
        )

    def _over(self, ask: Callable[[], T]) -> T:
        """Ask over TLS; on loopback over plain HTTP when the server does not speak TLS."""
        try:
            return ask()
        except HttpNotTls:
            if not self._may_fall_back:
                raise
            self._may_fall_back = False
            self._speak("http")
            return ask()


class _BlobReader(io.BufferedReader):
    """Read a layer and give every failure on the way the name of the target's family."""

    def __init__(self, raw: io.RawIOBase, label: str, digest: Digest) -> None:
        super().__init__(raw, _STREAM_BYTES)
        self._label = label
        self._digest = digest

    def read(self, size: int | None = -1, /) -> bytes:
        with self._naming():
            return super().read(size)

    def read1(self, size: int = -1, /) -> bytes:
        with self._naming():
            return super().read1(size)

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        with self._naming():
            return super().readinto(buffer)

    @contextmanager
    def _naming(self) -> Iterator[None]:
        try:
            yield
        except HttpError as error:
            raise refusal(error, self._label, self._digest, None) from None
