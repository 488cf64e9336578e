"""
Choose the servers that are asked for what the engines' files do not say, and begin to ask them.

Law: what is asked for by name is asked, or refused in words; ``auto`` asks only servers that are
plainly there. A server that falls silent leaves a watch as good as the files alone make it.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from pratique.kit.grpc import Grpc, is_possible
from pratique.kit.http import Backoff, Http
from pratique.model.errors import UsageError
from pratique.workloads.asking import Asking, Server
from pratique.workloads.cri_server import SOCKETS, CriServer
from pratique.workloads.docker_server import DockerServer
from pratique.workloads.kubernetes_server import KubernetesServer, Token

AUTO, OFF = "auto", "off"
_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
_KUBELET = "/var/lib/kubelet"
_DOCKER = "unix:///var/run/docker.sock"
_PATIENCE_S = 10.0
_ONCE_MORE = Backoff(retries=1)


class Servers(Struct, frozen=True, kw_only=True):
    """
    Which servers are asked: ``auto``, ``off``, or where one is.

    ``kubernetes`` is an address, ``cri`` a socket.
    """

    kubernetes: str = AUTO
    cri: str = AUTO


def begin_asking(
    wanted: Servers, node: str, root: str, environ: Mapping[str, str]
) -> tuple[Asking, ...]:
    """
    Return what asks the servers from now on.

    Raises:
        UsageError: an address is none.
    """
    return tuple(map(Asking, chosen(wanted, node, root, environ)))


def chosen(wanted: Servers, node: str, root: str, environ: Mapping[str, str]) -> tuple[Server, ...]:
    """
    Return the servers that are to be asked; nothing is asked yet.

    Raises:
        UsageError: an address is none.
    """
    found = (
        _kubernetes(wanted.kubernetes, node, environ),
        _cri(wanted.cri, root),
        _docker(root, environ),
    )
    return tuple(one for one in found if one is not None)


def _kubernetes(wanted: str, node: str, environ: Mapping[str, str]) -> Server | None:
    token = Path(environ.get("PRATIQUE_KUBERNETES_TOKEN", "") or f"{_ACCOUNT}/token")
    if wanted == OFF:
        return None
    if wanted == AUTO:
        host, port = environ.get("KUBERNETES_SERVICE_HOST"), environ.get("KUBERNETES_SERVICE_PORT")
        if not host or not token.is_file():
            return None
        name = f"[{host}]" if ":" in host else host
        wanted = f"https://{name}:{port or 443}"
    if urlsplit(wanted).scheme not in ("http", "https"):
        raise UsageError(
            f"no address of a Kubernetes server: {wanted[:200]!r}",
            hint="write https://HOST:PORT, auto or off",
        )
    return KubernetesServer(wanted, node, _to_cluster(environ), Token(lambda: _text(token)))


def _to_cluster(environ: Mapping[str, str]) -> Http:
    """Return who asks: past every proxy, and believing the cluster's authority alone."""
    authority = environ.get("PRATIQUE_KUBERNETES_CA", "") or f"{_ACCOUNT}/ca.crt"
    named = "PRATIQUE_KUBERNETES_CA" in environ or os.path.exists(authority)  # noqa: PTH110
    trust = {"SSL_CERT_FILE": authority} if named else {}
    return Http(environ=trust, timeout_s=_PATIENCE_S, backoff=_ONCE_MORE)


def _cri(wanted: str, root: str) -> Server | None:
    if wanted == OFF:
        return None
    if wanted != AUTO:
        return CriServer(Grpc(Path(wanted.removeprefix("unix://"))))
    below = root.rstrip("/")
    if not is_possible() or not Path(below + _KUBELET).is_dir():
        return None
    found = next(filter(Path.is_socket, _below(below, SOCKETS)), None)
    return CriServer(Grpc(found)) if found else None


def _docker(root: str, environ: Mapping[str, str]) -> Server | None:
    """Return the daemon whose folder cannot be read; where it can, that says more."""
    address = environ.get("DOCKER_HOST", "") or _DOCKER
    socket = address.removeprefix("unix://")
    folder = environ.get("PRATIQUE_DOCKER_ROOT", "") or "/var/lib/docker"
    below = root.rstrip("/")
    if socket == address or os.access(f"{below}{folder}/containers", os.R_OK | os.X_OK):
        return None
    place = Path(socket) if "DOCKER_HOST" in environ else Path(below + socket)
    if not place.is_socket() or not os.access(place, os.W_OK):
        return None
    return DockerServer(
        Http(environ={}, timeout_s=_PATIENCE_S, unix_socket=place, backoff=_ONCE_MORE)
    )


def _below(root: str, paths: tuple[str, ...]) -> Iterator[Path]:
    for path in paths:
        yield Path(root + path)


def _text(file: Path) -> str:
    """Return the token that is there now; a file that is gone has none."""
    try:
        return file.read_text()
    except OSError:
        return ""
