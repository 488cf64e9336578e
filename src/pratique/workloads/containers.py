"""
Keep the containers of the node by id, and for a while after their end.

Law: facts that were known are not lost to a later look that knows less; all tables are bounded, and
what had to be forgotten early is counted.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec.structs import replace

from pratique.model.workload import ImageFacts, PodFacts, Workload

MOST_CONTAINERS = 16_384
GRACE_NS = 120_000_000_000
"""How long a container is remembered after its end, and its control groups with it."""

Facts = TypeVar("Facts", Workload, PodFacts)
FactsOf = Callable[[Workload], ImageFacts | None]
StartedAt = Callable[[int], int]


class Containers:
    """
    The table.

    ``facts`` tells what the store knows of a container's image, ``started`` when a process began.
    """

    def __init__(
        self,
        facts: FactsOf | None = None,
        started: StartedAt | None = None,
        most: int = MOST_CONTAINERS,
    ) -> None:
        self.evicted = 0
        self._facts = facts
        self._started = started
        self._most = most
        self._known: dict[str, Workload] = {}
        self._ends: dict[str, int] = {}
        self._by_path: dict[str, str] = {}
        self._told: dict[str, Workload] = {}
        self._servers: dict[str, None] = {}
        self._names: dict[str, tuple[str, str]] = {}

    def __len__(self) -> int:
        """Return how many containers are remembered."""
        return len(self._known)

    def get(self, identity: str) -> Workload | None:
        """Return a container by its id."""
        return self._known.get(identity)

    def running(self) -> tuple[Workload, ...]:
        """Return the containers that are not known to have ended, by id."""
        alive = (one for one in self._known.values() if one.id not in self._ends)
        return tuple(sorted(alive, key=lambda one: one.id))

    def keep(self, workload: Workload) -> bool:
        """Keep what is known of a container; return whether that is news."""
        known = self._known.get(workload.id)
        workload = self._heard(_filled(workload, known) if known else workload)
        name, image = self._names.get(workload.id, ("", ""))
        if name and workload.name in ("", workload.id):
            workload = replace(workload, name=name)
        if image and not workload.image:
            workload = replace(workload, image=image)
        if self._started and workload.init_pid and not workload.started_ns:
            workload = replace(workload, started_ns=self._started(workload.init_pid))
        if self._facts and workload.facts is None and (workload.digest or workload.image_id):
            workload = replace(workload, facts=self._facts(workload))
        if workload == known:
            return False
        if known is None and len(self._known) >= self._most:
            self._evict()
        self._known[workload.id] = workload
        return True

    def tell(self, server: str, told: Iterable[Workload]) -> bool:
        """
        Take all that a server tells of containers, and of pods (by ``pod_uid``, with no ``id``).

        It stands in where an engine's files are silent. Return whether that is news.
        """
        prefix = f"{server} "
        self._told = {key: one for key, one in self._told.items() if not key.startswith(prefix)}
        for one, _ in zip(told, range(self._most), strict=False):
            self._told[prefix + (one.id or one.pod_uid)] = one
        self._servers[server] = None
        news = [self.keep(one) for one in tuple(self._known.values())]
        return any(news)

    def name(self, identity: str, name: str, image: str = "") -> bool:
        """Take what a container is called, and runs, where files may never say; return whether that is news."""
        old = self._names.pop(identity, ("", ""))
        if len(self._names) >= self._most:
            del self._names[next(iter(self._names))]
        self._names[identity] = name or old[0], image or old[1]
        known = self._known.get(identity)
        return known is not None and self.keep(known)

    def _heard(self, workload: Workload) -> Workload:
        """Return a container with what servers tell of it and of its pod."""
        for server in self._servers:
            told = self._told.get(f"{server} {workload.id}")
            workload = _filled(workload, told) if told else workload
            told = self._told.get(f"{server} {workload.pod_uid}") if workload.pod_uid else None
            workload = _filled(workload, told) if told else workload
        return workload

    def refresh(self) -> None:
        """Ask anew what is known of all images, because the store may have learnt more."""
        for identity, workload in self._known.items():
            if self._facts and (workload.digest or workload.image_id):
                self._known[identity] = replace(workload, facts=self._facts(workload))

    def end(self, identity: str, now_ns: int) -> None:
        """Note that a container ended; it is forgotten after ``GRACE_NS``."""
        if identity in self._known:
            self._ends.setdefault(identity, now_ns + GRACE_NS)

    def revive(self, identity: str) -> None:
        """Note that a container begins again: its first process is another one now."""
        known = self._known.get(identity)
        if self._ends.pop(identity, None) is not None and known is not None:
            self._known[identity] = replace(known, init_pid=0, started_ns=0)

    def forget(self, now_ns: int) -> frozenset[str]:
        """Forget the containers whose time has come; return their ids."""
        ended = [identity for identity, end in self._ends.items() if end <= now_ns]
        for identity in ended:
            del self._ends[identity]
            self._known.pop(identity, None)
        return frozenset(ended)

    def name_group(self, path: str, identity: str) -> None:
        """Remember a control group that bears no container's name."""
        if path not in self._by_path and len(self._by_path) >= self._most:
            del self._by_path[next(iter(self._by_path))]
        self._by_path[path] = identity

    def has_groups(self, identity: str) -> bool:
        """Whether control groups that do not bear its name are a container's."""
        return identity in self._by_path.values()

    def of_group(self, path: str) -> Workload | None:
        """Return the container whose remembered control group this is, or lies above it."""
        while path and self._by_path:
            known = self._known.get(self._by_path.get(path, ""))
            if known is not None:
                return known
            path = path.rpartition("/")[0]
        return None

    def _evict(self) -> None:
        self.evicted += 1
        while self._ends:
            oldest = next(iter(self._ends))
            del self._ends[oldest]
            if self._known.pop(oldest, None) is not None:
                return
        del self._known[next(iter(self._known))]


def _filled(told: Facts, known: Facts) -> Facts:
    """Return what is told now, with what was known where it is silent; who it is stays as told."""
    changes: dict[str, object] = {}
    for name in told.__struct_fields__:
        new, old = getattr(told, name), getattr(known, name)
        if isinstance(new, PodFacts) and isinstance(old, PodFacts):
            if (merged := _filled(new, old)) != new:
                changes[name] = merged
        elif not new and old:
            changes[name] = old
    return replace(told, **changes) if changes else told
