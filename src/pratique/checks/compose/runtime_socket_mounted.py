"""Find services that can give orders to the container engine."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "runtime-socket-mounted"
TITLE = "a service can give orders to the container engine"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.32",)
RULES = {
    NAME: (
        "The socket of Docker, containerd, CRI-O or Podman is mounted, or use_api_socket is set: who "
        "controls the container starts another one with the host's root folder in it. A mount with ro "
        "changes nothing, because orders go through the socket all the same. Put a proxy between that "
        "lets only the needed requests through (docker-socket-proxy with CONTAINERS=1), or use a "
        "rootless engine's socket."
    )
}
_SOCKETS = (
    "docker.sock", "containerd.sock", "crio.sock", "podman.sock", "cri-dockerd.sock",
    "dockershim.sock", "docker_engine", "buildkitd.sock",
)  # fmt: skip
BAD = (
    service("volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']"),
    service(
        "volumes:",
        "  - type: bind",
        "    source: /run/containerd/containerd.sock",
        "    target: /c",
    ),
    service("volumes: ['${SOCKET:-/run/user/1000/podman/podman.sock}:/run/docker.sock']"),
    service("use_api_socket: true"),
)
GOOD = (
    service("volumes: ['./app.sock:/run/app.sock', 'data:/var/lib/docker.sock.d']")
    + "volumes:\n  data:\n",
    service(),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each mount."""
    for one in scene.services:
        for mount in one.mounts:
            name = mount.source.replace("\\", "/").rpartition("/")[2]
            if mount.kind in ("bind", "npipe") and name in _SOCKETS:
                yield scene.told(one, mount.at, f"the engine's socket {name} is mounted", key=name)
        if one.get("use_api_socket").truth:
            yield scene.told(one, one.get("use_api_socket"), "the engine's socket is given to it")
