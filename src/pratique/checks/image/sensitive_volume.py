"""Find volumes over folders of the system: /proc, /sys, /dev, /etc, /usr and the like."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "sensitive-volume"
TITLE = "the image declares a folder of the system as a volume"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0002", "CIS-Docker-5.6")
RULES = {
    NAME: (
        "The config declares a folder of the system as a volume. /proc, /sys, /dev, /boot and "
        "/var/lib/docker ask to be filled with the host's own, by which a container changes the "
        "host. /etc, /usr, /bin, /lib, /root or / as a volume outlive the container and hide what "
        "the next version of the image brings in them, its security fixes too. Declare volumes for "
        "data alone (/data, /var/lib/NAME)."
    )
}
_SYSTEM = frozenset(
    f"/{name}".rstrip("/")
    for name in (
        "", "bin", "boot", "dev", "etc", "lib", "lib64", "proc", "root", "run", "sbin", "sys", "usr",
        "usr/bin", "usr/lib", "usr/sbin", "var", "var/lib", "var/run", "var/lib/docker",
        "var/lib/kubelet", "var/lib/containerd", "etc/kubernetes", "etc/ssh", "etc/cron.d",
    )
)  # fmt: skip
_HOSTS = ("/proc", "/sys", "/dev", "/boot", "/var/lib/docker", "/var/lib/kubelet")
FIRES = (
    sample(volumes=("/proc",)),
    sample(volumes=("/etc/", "/data")),
    sample(volumes=("/sys/fs/cgroup",)),
    sample(volumes=("/",)),
)
SILENT = (sample(volumes=("/data", "/var/lib/postgresql/data", "/etc/nginx/conf.d", "/tmp")),)  # noqa: S108


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with all such volumes."""
    return scene.in_config(
        at(f"VOLUME {volume[:200]}", "a folder of the system")
        for volume in scene.config.volumes
        if _is_system(volume)
    )


def _is_system(volume: str) -> bool:
    path = "/" + "/".join(part for part in volume.split("/") if part not in ("", "."))
    return path.rstrip("/") in _SYSTEM or path.startswith(tuple(f"{one}/" for one in _HOSTS))
