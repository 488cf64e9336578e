"""Find images that ask for the socket of a container engine: by a volume, by ENV, or in a layer."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "runtime-socket-volume"
TITLE = "the image asks for the socket of a container engine"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.32",)
RULES = {
    NAME: (
        "The config declares the socket of a container engine (docker.sock, containerd.sock, "
        "crio.sock, podman.sock) as a volume, or an ENV entry points to it. Who may write to that "
        "socket can start a privileged container and is root on the host, whatever user the image "
        "names. Leave it out. A tool that must see containers can be given an API of its own with "
        "fewer rights (a socket proxy, the orchestrator's API with a role), or a rootless engine. An "
        "ENV entry alone, as clients of an engine have it, is graded medium."
    )
}
_SOCKETS = frozenset({
    "docker.sock", "containerd.sock", "crio.sock", "podman.sock", "dockershim.sock",
    "cri-dockerd.sock", "buildkitd.sock", "frakti.sock",
})  # fmt: skip
_VARIABLES = frozenset({"DOCKER_HOST", "CONTAINER_HOST", "CONTAINERD_ADDRESS"})
FIRES = (
    sample(volumes=("/var/run/docker.sock",)),
    sample(volumes=("/run/containerd/containerd.sock/",)),
    sample(env=("DOCKER_HOST=unix:///var/run/docker.sock",)),
)
SILENT = (
    sample(volumes=("/data",), env=("DOCKER_HOST=tcp://docker:2376",)),
    sample(env=("NOTES=docker.sock is not mounted",)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with volumes, and one with entries."""
    yield from scene.in_config(
        at(f"VOLUME {volume[:200]}", "the socket of a container engine")
        for volume in scene.config.volumes
        if volume.rstrip("/").rpartition("/")[2] in _SOCKETS
    )
    yield from scene.in_config(
        (
            at(f"ENV {name}", f"points to the socket {value.rpartition('/')[2]}")
            for name, value in scene.environment()
            if name in _VARIABLES and _is_socket(value)
        ),
        Severity.MEDIUM,
    )


def _is_socket(value: str) -> bool:
    return value.startswith(("unix://", "/")) and value.rpartition("/")[2] in _SOCKETS
