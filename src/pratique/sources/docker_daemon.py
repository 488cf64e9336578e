"""
Open an image of the Docker daemon.

The socket is that of ``DOCKER_HOST`` (``unix://`` only), else the first that exists of the
system's, a rootless daemon's and Docker Desktop's.
"""

from collections.abc import Mapping
from pathlib import Path

from pratique.sources._engine import Engine, open_image, unix_socket
from pratique.sources.interface import Opened, Options

NAME = "docker"
PREFIX = "docker"

_SYSTEM_SOCKET = Path("/var/run/docker.sock")


def open_target(target: str, options: Options) -> Opened:
    """
    Open the image the daemon calls ``target``.

    Raises:
        UsageError: ``DOCKER_HOST`` is no unix socket.
        TargetError: no daemon, no such image.
    """
    engine = Engine("docker", socket(options.environ), "docker pull")
    return open_image(engine, target, options)


def socket(environ: Mapping[str, str]) -> Path:
    """
    Return where the daemon listens.

    Raises:
        UsageError: ``DOCKER_HOST`` is no unix socket.

    >>> socket({"DOCKER_HOST": "unix:///tmp/d.sock"})
    PosixPath('/tmp/d.sock')
    """
    if environ.get("DOCKER_HOST"):
        return unix_socket(environ["DOCKER_HOST"], "docker")
    places = [_SYSTEM_SOCKET]
    if environ.get("XDG_RUNTIME_DIR"):
        places.append(Path(environ["XDG_RUNTIME_DIR"]) / "docker.sock")
    if environ.get("HOME"):
        places.append(Path(environ["HOME"]) / ".docker/run/docker.sock")
    return next((place for place in places if place.exists()), _SYSTEM_SOCKET)
