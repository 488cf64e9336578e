"""Find folders of the host that a container should not see."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.formats.compose.mounts import Mount
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "sensitive-path-mounted"
TITLE = "a service mounts a folder by which the host can be taken over"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.6",)
RULES = {
    NAME: (
        "A folder of the host's system is mounted: /, /etc, /proc, /sys, /dev, /boot, /usr, /root, "
        "/var/run, the engine's own store. A container that may write there changes accounts, start "
        "scripts or programs of the host; one that may only read sees keys and other containers' "
        "files, and is graded medium, as is a folder of /etc that one program keeps. Mount the one file or folder that is needed, with :ro."
    )
}
_WHOLE = frozenset({"/", "/var", "/home", "/run", "/var/run", "/var/lib", "/opt", "/media", "/mnt"})
_BELOW = (
    "/etc", "/proc", "/sys", "/dev", "/boot", "/root", "/bin", "/sbin", "/lib", "/lib64", "/usr",
    "/var/lib/docker", "/var/lib/containerd", "/var/lib/containers", "/var/lib/kubelet",
    "/run/containerd", "/var/spool/cron",
)  # fmt: skip
_HARMLESS = (
    "/etc/localtime", "/etc/timezone", "/etc/hostname", "/etc/hosts", "/etc/machine-id",
    "/etc/resolv.conf", "/etc/os-release", "/etc/ssl/certs", "/etc/ca-certificates", "/etc/pki",
    "/etc/letsencrypt", "/usr/share", "/usr/src", "/usr/local/share", "/dev/null", "/dev/zero",
    "/dev/random", "/dev/urandom", "/lib/modules", "/usr/lib/modules", "/dev/dri",
    "/dev/bus/usb", "/dev/net/tun", "/dev/log",
)  # fmt: skip
_ETC = (
    "passwd", "shadow", "group", "sudoers", "cron", "ssh/", "pam", "systemd", "init", "kubernetes",
    "docker", "containerd", "ld.so", "profile", "rc", "security", "apt", "yum", "modprobe", "sysctl",
    "environment", "bash", "fstab", "default/", "udev", "NetworkManager",
)  # fmt: skip
"""How the names of files in /etc begin by which a host is taken over; others are some program's own."""
_RUN_AS_HOST = frozenset({"/", "/etc", "/root", "/boot", "/proc", "/sys", "/dev", "/usr"})
BAD = (
    service("volumes: ['/:/host']"),
    service("volumes:", "  - /etc:/etc:ro"),
    service("volumes:", "  - {type: bind, source: /proc/, target: /host/proc}"),
    service("volumes: ['sys:/x']")
    + "volumes:\n  sys:\n    driver_opts: {type: none, o: bind, device: /var/lib/docker}\n",
)
GOOD = (
    service("volumes: ['/etc/localtime:/etc/localtime:ro', './etc:/etc/app', 'data:/data']")
    + "volumes:\n  data:\n",
    service("volumes: ['/srv/web:/srv', '/var/log/web:/log']", "tmpfs: /run"),
)
FIXED = (
    (
        service("volumes:", "  - /usr/lib/fonts:/fonts # ours"),
        service("volumes:", "  - /usr/lib/fonts:/fonts:ro # ours"),
    ),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each mount that can be written, or shows a whole tree of the system."""
    for one in scene.services:
        for mount in one.mounts:
            if mount.kind != "bind" or not mount.source.startswith("/") or not mount.known:
                continue
            if not _is_sensitive(mount.source) or mount.source.endswith(".sock"):
                continue
            if mount.read_only and mount.source not in _RUN_AS_HOST:
                continue
            through = f" through the volume {mount.through}" if mount.through else ""
            how = "can be read" if mount.read_only else "can be written"
            yield scene.told(
                one,
                mount.at,
                f"{mount.source} of the host {how}{through}",
                key=mount.source,
                severity=Severity.MEDIUM if mount.read_only or _is_own(mount.source) else None,
                confidence=Confidence.LOW if _is_own(mount.source) else None,
                edits=_closed(scene, mount),
                fix=FixClass.VERIFIED,
                remedy="mount it read-only",
            )


def _is_sensitive(path: str) -> bool:
    if any(path == one or path.startswith(f"{one}/") for one in _HARMLESS):
        return False
    return path in _WHOLE or any(path == one or path.startswith(f"{one}/") for one in _BELOW)


def _is_own(path: str) -> bool:
    """Say whether it is a folder of /etc that belongs to one program: ``/etc/pihole``."""
    return path.startswith("/etc/") and not f"{path}/".startswith(tuple(f"/etc/{n}" for n in _ETC))


def _closed(scene: Scene, mount: Mount) -> tuple[Edit, ...]:
    """Return the edit that makes a mount of the short form read-only, where that ends the fault."""
    text = mount.at.raw
    plain = mount.short and not mount.options and text.count(":") == 1 and "$" not in text
    if not plain or mount.source in _RUN_AS_HOST or mount.through:
        return ()
    return scene.rewrite_part(mount.at, text, f"{text}:ro")
