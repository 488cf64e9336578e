"""Find package managers in images that mean to have none."""

from collections.abc import Iterable

from pratique.checks.image._minimal import why_minimal
from pratique.checks.image.interface import File, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "package-manager-in-minimal-image"
TITLE = "a minimal image holds a package manager"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0003", "CIS-Docker-4.3")
RULES = {
    NAME: (
        "The image means to be minimal (its name, its base or its package database says so) and "
        "holds a package manager. Whoever takes over the program can install what is missing, and "
        "what is installed so is in no list. Install in a build stage, and copy the result into the "
        "last stage; wolfi and Chainguard have variants without apk, the ones without -dev."
    )
}
_MANAGERS = (
    "apk", "apt", "apt-get", "aptitude", "dnf", "dpkg", "microdnf", "opkg", "pacman", "rpm", "tdnf",
    "yum", "zypper",
)  # fmt: skip
_FOLDERS = ("bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin")
_STATUS = ("var/lib/dpkg/status.d/base", "Package: base\nVersion: 1\nArchitecture: all\n")
FIRES = (
    sample((_STATUS,), (("usr/bin/apt-get", File("x", 0o755)),)),
    sample((("sbin/apk", File("x", 0o755)),), name="registry.example/wolfi-app:1"),
)
SILENT = (
    sample((_STATUS, ("usr/bin/app", File("x", 0o755)))),
    sample((("sbin/apk", File("x", 0o755)),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer that brought one."""
    why = why_minimal(scene)
    paths = (f"{folder}/{name}" for folder in _FOLDERS for name in _MANAGERS) if why else ()
    found = {
        node.entry.path: Place(path, f"a package manager, though {why}")
        for path in paths
        if (node := scene.tree.get(path)) is not None and node.entry.mode & 0o111
    }
    return scene.in_files(found.values())
