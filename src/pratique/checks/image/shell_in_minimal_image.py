"""Find shells in images that mean to have none."""

from collections.abc import Iterable

from pratique.checks.image._minimal import why_minimal
from pratique.checks.image.interface import File, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "shell-in-minimal-image"
TITLE = "a minimal image holds a shell"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0003", "CIS-Docker-4.3")
RULES = {
    NAME: (
        "The image means to be minimal (its name, its base or its package database says so) and "
        "holds a shell. Without a shell most exploits that run commands fail, which is half of what "
        "such an image is for. It may be the base's variant for debugging (tag debug), or a layer "
        "copied it in. Take the variant without it, and debug with an ephemeral container (kubectl "
        "debug)."
    )
}
_SHELLS = ("sh", "bash", "ash", "dash", "zsh", "ksh", "busybox", "toybox", "fish")
_FOLDERS = ("bin", "usr/bin", "usr/local/bin", "sbin", "usr/sbin", "busybox")
_STATUS = ("var/lib/dpkg/status.d/base", "Package: base\nVersion: 1\nArchitecture: all\n")
FIRES = (
    sample((_STATUS,), (("bin/sh", File("x", 0o755)),)),
    sample((("busybox/sh", File("x", 0o755)),), name="registry.example/distroless/static:debug"),
)
SILENT = (
    sample((_STATUS, ("usr/bin/app", File("x", 0o755)))),
    sample((("bin/sh", File("x", 0o755)),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer that brought a shell."""
    why = why_minimal(scene)
    paths = (f"{folder}/{name}" for folder in _FOLDERS for name in _SHELLS) if why else ()
    found = {
        node.entry.path: Place(path, f"a shell, though {why}")
        for path in paths
        if (node := scene.tree.get(path)) is not None and node.entry.mode & 0o111
    }
    return scene.in_files(found.values())
