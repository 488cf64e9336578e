"""
Open an image of Podman through its API service.

The socket is that of ``CONTAINER_HOST`` (``unix://`` only), else the user's own, else the system's
(`systemctl --user start podman.socket` or `podman system service`).
"""

from collections.abc import Mapping
from pathlib import Path

from pratique.sources._engine import Engine, open_image, unix_socket
from pratique.sources.interface import Opened, Options

NAME = "podman"
PREFIX = "podman"

_SYSTEM_SOCKET = Path("/run/podman/podman.sock")


def open_target(target: str, options: Options) -> Opened:
    """
    Open the image the service calls ``target``.

    Raises:
        UsageError: ``CONTAINER_HOST`` is no unix socket.
        TargetError: no service, no such image.
    """
    engine = Engine("podman", socket(options.environ), "podman pull")
    return open_image(engine, target, options)


def socket(environ: Mapping[str, str]) -> Path:
    """
    Return where the service listens.

    Raises:
        UsageError: ``CONTAINER_HOST`` is no unix socket.

    >>> socket({"CONTAINER_HOST": "unix:///tmp/p.sock"})
    PosixPath('/tmp/p.sock')
    """
    if environ.get("CONTAINER_HOST"):
        return unix_socket(environ["CONTAINER_HOST"], "podman")
    runtime = environ.get("XDG_RUNTIME_DIR")
    places = [Path(runtime) / "podman/podman.sock"] if runtime else []
    places.append(_SYSTEM_SOCKET)
    return next((place for place in places if place.exists()), places[0])
