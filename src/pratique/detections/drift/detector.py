"""
Raise an alert where a container runs or loads what was not in its image.

Seen are executions, libraries, and what an interpreter opens as code. Laws: a file that the image
holds unchanged never alarms; what is not known (no index, a file that could not be compared) is
told as a doubt in the alert, never passed over; an allowance silences with its reason and is counted.
"""

from collections.abc import Callable, Sequence

from pratique.detections.bounded import Bounded
from pratique.detections.drift.allowing import BUILT_IN, Allowance
from pratique.detections.drift.interpreters import (
    CODE,
    LOADERS,
    SHELLS,
    Interpreters,
    inline_code,
    script_of,
)
from pratique.detections.drift.judging import Judgement, Kind, Measure, is_nameless, judge
from pratique.detections.drift.saying import Use, said, said_inline
from pratique.detections.telling import image_of, tell
from pratique.detections.whole_path import whole_path
from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.image_index import ImageIndexes
from pratique.model.interest import Interest
from pratique.model.observation import Executed, Mapped, Opened
from pratique.model.workload import Workload

_WRITES = 0o3
"""O_WRONLY and O_RDWR."""
_RUNC = "memfd:runc_cloned:"
_DROPPED = frozenset({"/tmp/", "/var/tmp/", "/dev/shm/", "/run/", "/home/", "/root/"})  # noqa: S108
_MOST = 4096
_MOST_PENDING = 512
"""Events that wait for a file to be measured; one takes up to 20 KB."""
Learnt = Callable[[Workload, str], bool]
"""Return whether a baseline of the workload holds this program."""


def _nothing_learnt(workload: Workload, path: str) -> bool:
    return False


class Drift:
    """
    The detector.

    Args:
        images: what is known of images.
        measure: gives the sha256 of a container's file; does the reading elsewhere.
        allowed: what may drift, besides what is built in.
        learnt: whether a program is in the workload's baseline.
    """

    def __init__(
        self,
        images: ImageIndexes,
        measure: Measure,
        allowed: Sequence[Allowance] = (),
        learnt: Learnt = _nothing_learnt,
    ) -> None:
        self._images = images
        self._measure = measure
        self._allowed = (*BUILT_IN, *allowed)
        self._learnt = learnt
        self._interpreters = Interpreters()
        self._told: Bounded[tuple[str, int, int, str], bool] = Bounded(_MOST)
        self._pending: Bounded[tuple[str, str], tuple[Event, Use]] = Bounded(_MOST_PENDING)
        self.allowed_count = 0

    def interest(self) -> Interest:
        """Return which events it needs."""
        types = {"execve", "execveat", "mmap_exec", "open", "openat", "openat2"}
        return Interest(
            types=frozenset(types),
            every_open=False,
            open_writes=False,
            # Where scripts of any name are dropped: for sensors that cannot tell the layer.
            read_prefixes=_DROPPED,
            read_endings=CODE,
            upper_layer_reads=True,
        )

    def see(self, event: Event) -> Sequence[Alert]:
        """Return the alerts that an event raises."""
        seen = event.observation
        act = seen.act
        # Most events are opens that cannot be drift; they are asked for the least.
        if isinstance(act, Opened):
            if not act.upper_layer or act.flags & _WRITES or seen.result < 0:
                return ()
            return self._opened(event, act) if event.workload is not None else ()
        if seen.result < 0:
            return ()
        if isinstance(act, Executed):
            return self._executed(event, act)
        if isinstance(act, Mapped) and event.workload is not None and not _is_compiled(act):
            use = Use.PRELOADED if _is_preloaded(event, act.path) else Use.LOADED
            return self._used(event, _place(event, act), act.upper_layer, act.memfd, use)
        return ()

    def measured(self, workload_id: str, path: str, sha256: str) -> Sequence[Alert]:
        """Return what is to be said now that a file was measured, which could not be compared before."""
        waiting = self._pending.pop((workload_id, path))
        if waiting is None or waiting[0].workload is None:
            return ()
        event, use = waiting
        workload = event.workload
        assert workload is not None
        judgement = judge(path, True, workload, self._images, lambda *_: sha256)
        return self._alarm(event, path, use, judgement)

    def _executed(self, event: Event, act: Executed) -> Sequence[Alert]:
        path = _place(event, act)
        alerts = list(self._used(event, path, act.upper_layer, act.memfd, Use.EXECUTED))
        if event.workload is None:
            return tuple(alerts)
        name = self._interpreter(event)
        inline = name and name not in SHELLS and inline_code(name, event.process.arguments)
        if inline and not self._is_allowed("inline-code", act.path, event.workload):
            alerts.append(tell(event, said_inline(event, name)))
        return tuple(alerts)

    def _opened(self, event: Event, act: Opened) -> Sequence[Alert]:
        name = self._interpreter(event)
        if not name:
            return ()
        path = act.path
        ending = "." + path.rpartition(".")[2].lower()
        asked = script_of(name, event.process)
        is_script = bool(asked) and (
            asked in (path, act.given) or asked.rpartition("/")[2] == path.rpartition("/")[2]
        )
        if not is_script and ending not in CODE:
            return ()
        # What the dynamic loader is handed is a program, not a text.
        use = Use.EXECUTED if is_script and name in LOADERS else Use.INTERPRETED
        return self._used(event, _place(event, act), True, False, use)

    def _used(
        self, event: Event, path: str, upper_layer: bool, memfd: bool, use: Use
    ) -> Sequence[Alert]:
        workload = event.workload
        if memfd or is_nameless(path):
            return () if _is_runc(event, path) else self._alarm(event, path, use, _NAMELESS)
        if workload is None:
            return ()
        key = (workload.id, event.process.pid, event.process.executed_ns, path)
        if self._told.get(key):
            return ()
        judgement = judge(path, upper_layer, workload, self._images, self._measure)
        if judgement.kind is Kind.NONE:
            return ()
        self._told.put(key, True)
        if judgement.pending:
            self._pending.put((workload.id, path), (event, use))
        return self._alarm(event, path, use, judgement)

    def _alarm(self, event: Event, path: str, use: Use, judgement: Judgement) -> Sequence[Alert]:
        saying = said(event, path, use, judgement)
        if saying is None or self._is_allowed(saying.rule, path, event.workload):
            return ()
        return (tell(event, saying),)

    def _is_allowed(self, kind: str, path: str, workload: Workload | None) -> bool:
        allowed = any(one.fits(kind, path, workload) for one in self._allowed)
        if not allowed and workload is not None:
            allowed = self._learnt(workload, path)
        self.allowed_count += allowed
        return allowed

    def _interpreter(self, event: Event) -> str:
        image = image_of(event.workload) if event.workload is not None else ""
        index = self._images.of(image) if image else None
        owner = index.owner(event.process.path) if index else ""
        return self._interpreters.name_of(event.process, owner)


_NAMELESS = Judgement(Kind.NAMELESS)


def _place(event: Event, act: Opened | Executed | Mapped) -> str:
    """
    Return where the image would hold a file.

    Who changes its root to a folder and puts ``bin/sh`` there runs no ``/bin/sh`` of the image. A
    container whose runtime changes the root, and does not turn it, is at home there.
    """
    merged = event.workload.merged if event.workload is not None else ""
    at_home = not act.upper_layer or is_nameless(act.path) or act.root == merged
    return act.path if at_home else whole_path(act)


def _is_compiled(act: Mapped) -> bool:
    """
    Return whether a mapping is where a compiler in the process writes its code.

    Runtimes (Erlang's, .NET's) map a file in memory twice, to write here and run there; that must be
    shared. It is the same as code in memory without a file, which nobody sees; a loader maps privately.
    """
    return act.memfd and act.shared


def _is_preloaded(event: Event, path: str) -> bool:
    return any(
        one.startswith(("LD_PRELOAD=", "LD_AUDIT=")) and path in one
        for one in event.process.environment
    )


def _is_runc(event: Event, path: str) -> bool:
    """Return whether this is runc's copy of itself: made by a parent outside of any container."""
    parents = event.process.ancestors
    return _RUNC in path and bool(parents) and not parents[0].in_container
