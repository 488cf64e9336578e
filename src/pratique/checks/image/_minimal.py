"""Say whether an image means to be minimal: to hold one program and no system around it."""

from pratique.checks.image.interface import Scene

_NAMES = ("distroless", "chiseled", "chisel", "scratch", "chainguard", "wolfi")


def why_minimal(scene: Scene) -> str:
    """
    Return why an image looks minimal, empty where it does not.

    Told by its base's or its own name, or by a package database as distroless images keep it
    (``var/lib/dpkg/status.d`` and no ``status``).
    """
    labels = scene.config.labels
    named = (
        scene.image.name,
        scene.base_name,
        labels.get("org.opencontainers.image.base.name", ""),
    )
    for name in named:
        for word in _NAMES:
            if word in name.lower():
                return f"{name[:100]} is called {word}"
    tree = scene.tree
    if tree.get("var/lib/dpkg/status.d") and not tree.get("var/lib/dpkg/status"):
        return "its package database is that of a distroless image"
    return ""
