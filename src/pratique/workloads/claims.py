"""
Say which engine a control group is of, by what stands in its path.

Law: a container may call groups of its own as it likes, so only the outermost claim in a path counts.
"""

from collections.abc import Mapping

from pratique.workloads.containers import Containers
from pratique.workloads.interface import Engine

_ORDER = ("podman", "docker", "cri-o", "containerd", "kubernetes", "buildah", "runc", "crun")
_SYSTEMD = (".slice", ".service", ".scope", ".socket", ".mount", ".swap")


class Claims:
    """The engines of a node; those that know most of a container come first."""

    def __init__(self, engines: Mapping[str, Engine], containers: Containers) -> None:
        first = [engines[name] for name in _ORDER if name in engines]
        self.engines = (*first, *(engines[name] for name in sorted(engines) if name not in _ORDER))
        self._containers = containers

    def engine(self, name: str) -> Engine | None:
        """Return the engine of a name."""
        return next((one for one in self.engines if name == one.NAME), None)

    def of(self, path: str) -> tuple[Engine | None, str]:
        """Return the engine and id of the outermost container in a path; no engine claims most."""
        best: tuple[int, Engine | None, str] = (len(path) + 1, None, "")
        for engine in self.engines:
            identity = engine.claims(path)
            if identity and path.find(identity) < best[0]:
                best = (path.find(identity), engine, identity)
        if best[1] is not None:
            return best[1], best[2]
        known = self._containers.of_group(path)
        return (self.engine(known.engine), known.id) if known else (None, "")


def is_of_the_node(path: str) -> bool:
    """
    Return whether a path that no engine claims is the service manager's, or the root.

    >>> is_of_the_node("/system.slice/ssh.service/x"), is_of_the_node("/x")
    (True, False)
    """
    return path == "/" or any(part.endswith(_SYSTEMD) for part in path.split("/"))
