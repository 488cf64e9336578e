"""Find volumes over folders of the system."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.words import words_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "sensitive-path-volume"
TITLE = "a volume lies over a folder of the system"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0002",)
RULES = {
    NAME: (
        "VOLUME over /proc, /sys, /dev, /etc, /root or the socket of an engine takes those out of "
        "the image's layers, and invites to mount the host's. A container that sees the host's "
        "can change the host. Name a folder of the application."
    )
}
_WHOLE = frozenset(
    {
        "/",
        "/bin",
        "/boot",
        "/dev",
        "/etc",
        "/lib",
        "/proc",
        "/root",
        "/run",
        "/sbin",
        "/sys",
        "/usr",
    }
    | {"/var/run"}
)
_BELOW = ("/dev/", "/proc/", "/sys/", "/var/run/docker.sock", "/run/docker.sock", "/run/containerd")
BAD = (
    "FROM alpine:3.22\nVOLUME /proc\n",
    'FROM alpine:3.22\nVOLUME ["/data", "/etc"]\n',
    "FROM alpine:3.22\nVOLUME /var/run/docker.sock\n",
)
GOOD = ("FROM alpine:3.22\nVOLUME /data /var/lib/postgresql/data /etc/app\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such volume."""
    for one in scene.of("VOLUME"):
        for word in one.json or words_of(one.arguments, scene.file.escape):
            path = "/" + word.value.strip("/")
            if path in _WHOLE or path.startswith(_BELOW):
                yield scene.at_span(word.span, f"{path[:80]} is the system's", key=path[:80])
