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
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

import msgspec
from msgspec import Struct

from pratique.formats.oci import MANIFEST_TYPES
from pratique.formats.reference import DOCKER_HUB, Reference
from pratique.kit.http import (
    Backoff,
    Http,
    HttpError,
    HttpNotTls,
    HttpStatus,
    HttpTooLarge,
    HttpUnreachable,
    Response,
)
from pratique.kit.http_transport import is_loopback
from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.errors import UsageError
from pratique.model.image import Descriptor
from pratique.sources._credentials import find_login
from pratique.sources._registry_auth import RegistryAuth
from pratique.sources.interface import (
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)

_HUB_ADDRESS = "registry-1.docker.io"
_ACCEPT = {"accept": ", ".join(MANIFEST_TYPES)}
_CERTIFICATE_FOLDERS = ("/etc/containers/certs.d", "/etc/docker/certs.d")
_STREAM_BYTES = 256 << 10
T = TypeVar("T")


class Place(Struct, frozen=True):
    """
    Where a repository can be fetched: ``address`` is ``host[:port]``.

    ``login_host`` is the registry whose login fits.
    """

    address: str
    repository: str
    login_host: str


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

    def has_blob(self, digest: Digest) -> bool:
        """Return whether the registry holds a blob."""
        try:
            self._first(lambda endpoint: endpoint.head_blob(digest), digest)
        except TargetNotFound:
            return False
        return True

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
            except (HttpError, TargetRefused) as error:
                if endpoint is self._endpoints[-1]:
                    if isinstance(error, TargetRefused):
                        raise
                    raise _named(error, self.label, what, endpoint.auth) from None
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
            ca_file=options.ca_file or _own_authority(place.address, options),
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

    def head_blob(self, digest: Digest) -> Response:
        return self._get("HEAD", f"blobs/{digest}", {}, 1)

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
            raise _named(error, self._label, self._digest, None) from None


def places(reference: Reference, options: Options) -> tuple[Place, ...]:
    """
    Return where to fetch a repository: its mirrors, then the registry itself.

    Raises:
        UsageError: a mirror is not written ``HOST=MIRROR[/PATH]``.

    >>> from pratique.formats.reference import parse_reference
    >>> options = Options(mirrors=("docker.io=mirror.corp/hub",))
    >>> [place.address for place in places(parse_reference("alpine"), options)]
    ['mirror.corp', 'registry-1.docker.io']
    """
    written = options.mirrors or tuple(
        options.environ.get("PRATIQUE_REGISTRY_MIRRORS", "").replace(",", " ").split()
    )
    found = []
    for item in written:
        host, equals, mirror = item.strip().partition("=")
        mirror = mirror.removeprefix("https://").rstrip("/")
        if not (host and equals and mirror) or "://" in mirror:
            raise UsageError(
                f"not a registry mirror: {item[:100]!r}",
                hint="write HOST=MIRROR[/PATH], for example docker.io=mirror.corp/hub",
            )
        if host == reference.host:
            address, _, path = mirror.partition("/")
            repository = f"{path}/{reference.repository}" if path else reference.repository
            found.append(Place(address, repository, address))
    address = _HUB_ADDRESS if reference.host == DOCKER_HUB else reference.host
    return (*found, Place(address, reference.repository, reference.host))


def _own_authority(address: str, options: Options) -> Path | None:
    """Return the authority that the machine keeps for this registry (``certs.d/HOST/ca.crt``)."""
    home = options.environ.get("HOME")
    folders = [*([f"{home}/.config/containers/certs.d"] if home else []), *_CERTIFICATE_FOLDERS]
    found = (Path(folder) / address / "ca.crt" for folder in folders)
    return next((path for path in found if path.is_file()), None)


def _named(
    error: HttpError, label: str, what: str, auth: RegistryAuth | None
) -> TargetNotFound | TargetRefused | TargetUnreachable | InvalidImage:
    """Say what a failure means for the target."""
    if isinstance(error, HttpTooLarge):
        return InvalidImage(f"{label}: {what} is larger than it claims or may be")
    if not isinstance(error, HttpStatus):
        hint = error.hint() if isinstance(error, HttpUnreachable) else ""
        return TargetUnreachable(f"{label}: {error}", hint=hint)
    said = _said(error.body)
    if error.status in (401, 403):
        return TargetRefused(
            f"{label}: {_why_refused(auth)}{said}", hint=auth.trouble if auth else ""
        )
    if error.status == 404:
        thing = what if ":" in what else f"tag {what!r}"
        return TargetNotFound(f"{label}: the registry has no {thing}{said}")
    if error.status == 429:
        hint = "wait, log in for a higher limit, or use a mirror (PRATIQUE_REGISTRY_MIRRORS)"
        return TargetRefused(f"{label}: too many requests (HTTP 429){said}", hint=hint)
    return TargetUnreachable(f"{label}: the registry answers HTTP {error.status}{said}")


def _why_refused(auth: RegistryAuth | None) -> str:
    if auth is not None and auth.has_login:
        return "the registry refused the login, or it may not pull this"
    return "the registry wants a login, or there is no such repository"


def _said(body: bytes) -> str:
    """Return the registry's own first error, made fit to print."""
    try:
        errors = msgspec.json.decode(body, type=_Errors).errors
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""
    text = " ".join(f"{e.code} {e.message}" for e in errors[:1]).strip()[:160]
    return f" ({''.join(c if c.isprintable() else ' ' for c in text)})" if text else ""


class _Error(Struct):
    code: str = ""
    message: str = ""


class _Errors(Struct):
    errors: list[_Error] = []
