"""Turn what fanotify tells of files into observations of who opened, wrote or renamed what."""

import os
from collections.abc import Iterable, Iterator

from pratique.formats.fanotify import FileEvent, Mask
from pratique.model.interest import Interest
from pratique.model.observation import Act, Observation, Opened
from pratique.sensors.without_ebpf._marks import path_of
from pratique.sensors.without_ebpf._names import OPENED_SOMEHOW, name_acts
from pratique.sensors.without_ebpf._places import Places
from pratique.sensors.without_ebpf._proc import in_upper
from pratique.sensors.without_ebpf._processes import Processes
from pratique.sensors.without_ebpf._tasks import Task, Tasks, observed

OPENS = frozenset({"open", "openat", "openat2", "creat"})


class Files:
    """
    The file events of a node.

    ``overflows`` counts how often a queue overflowed; ``homeless`` the names whose folder was gone.
    """

    def __init__(self, places: Places, tasks: Tasks, interest: Interest, ignored: set[int]) -> None:
        self.interest = interest
        self.overflows = 0
        self.homeless = 0
        self.filtered = 0
        self._places = places
        self._tasks = tasks
        self._ignored = ignored

    def executions(self, processes: Processes) -> None:
        """Tell the table of processes which files were opened to be executed."""
        group = self._places.executions
        for event in group.take() if group is not None else ():
            path = self._path(event)
            if path and event.pid not in self._ignored:
                processes.opened(event.pid, path)

    def read(self) -> list[tuple[FileEvent, str]]:
        """Return what waits, each with the path of its file, and give its descriptors back."""
        # A file of an overlay is told twice: as itself and as the file of the layer, by one path.
        told: set[tuple[int, int, str]] = set()
        found = []
        for group in (self._places.names, self._places.files):
            for event in group.take() if group is not None else ():
                path = self._path(event)
                if event.mask & Mask.OVERFLOW or event.pid in self._ignored or event.pid <= 0:
                    continue
                key = event.pid, event.mask, path
                if not path or key not in told:
                    told.add(key)
                    found.append((event, path))
        return found

    def observed(
        self, events: Iterable[tuple[FileEvent, str]], now_ns: int
    ) -> Iterator[Observation]:
        """Yield what happened to files; its time is now, or the end of whoever did it."""
        self._places.begin()
        for event, path in events:
            task = self._tasks.get(event.pid, gone=event.gone)
            for kind, act in self._acts(event, path, task):
                yield observed(kind, act, task, task.ended_ns or now_ns)

    def _path(self, event: FileEvent) -> str:
        """Return the path of the event's file, and close what came with it."""
        if event.mask & Mask.OVERFLOW:
            self.overflows += 1
        if event.pidfd >= 0:
            os.close(event.pidfd)
        if event.fd < 0:
            return ""
        try:
            return path_of(event.fd).removesuffix(" (deleted)")
        finally:
            os.close(event.fd)

    def _acts(self, event: FileEvent, path: str, task: Task) -> Iterator[tuple[str, Act]]:
        if event.place is None:
            if path:
                yield from self._opened(event, path, task)
            return
        try:
            yield from name_acts(event, self._places, task.view)
        except (OSError, KeyError):
            self.homeless += 1

    def _opened(self, event: FileEvent, path: str, task: Task) -> Iterator[tuple[str, Act]]:
        upper = in_upper(task.view.upper, path)
        if event.mask & Mask.OPENED:
            if self._is_read_wanted(path, upper=upper):
                yield "openat", Opened(path, os.O_RDONLY, OPENED_SOMEHOW, upper_layer=upper)
            else:
                self.filtered += 1
        if event.mask & Mask.WRITTEN:
            if self.interest.every_open or self.interest.open_writes or not self.interest.types:
                yield "openat", Opened(path, os.O_WRONLY, OPENED_SOMEHOW, upper_layer=upper)
            else:
                self.filtered += 1

    def _is_read_wanted(self, path: str, *, upper: bool) -> bool:
        wanted = self.interest
        if wanted.every_open or (upper and wanted.upper_layer_reads):
            return True
        return (
            path.rpartition("/")[2] in wanted.read_names
            or path.startswith(tuple(wanted.read_prefixes))
            or path.endswith(tuple(wanted.read_endings))
        )


def wants_reads(interest: Interest) -> bool:
    """Return whether anybody wants to know of openings for reading."""
    if interest.types and not interest.types & OPENS:
        return False
    return bool(
        interest.every_open
        or interest.upper_layer_reads
        or interest.read_names
        or interest.read_prefixes
        or interest.read_endings
    )
