"""Turn messages of the process connector into observations, and keep the table of processes."""

from collections.abc import Callable, Iterable, Iterator

from pratique.formats.proc_connector import Kind, Message
from pratique.model.observation import (
    Called,
    Exited,
    Forked,
    IdentityChanged,
    Observation,
    ProcessTouched,
)
from pratique.sensors.without_ebpf._tasks import Tasks, observed

_PR_SET_NAME = 15
_MOST_OPENED = 8
_MOST_WAITING = 4096


class Processes:
    """
    Births, executions, ends, identities.

    ``offset_ns`` is what the monotonic clock lacks to the epoch.
    """

    def __init__(self, tasks: Tasks, offset_ns: int) -> None:
        self._tasks = tasks
        self._offset_ns = offset_ns
        self._opened: dict[int, list[str]] = {}
        self._makers: dict[int, Callable[[Message, int], Observation | None]] = {
            Kind.FORK: self._forked,
            Kind.EXEC: self._executed,
            Kind.EXIT: self._exited,
            Kind.UID: self._identity,
            Kind.GID: self._identity,
            Kind.SESSION: self._session,
            Kind.COMM: self._renamed,
            Kind.PTRACE: self._traced,
        }

    def opened(self, pid: int, path: str) -> None:
        """Take that a process opened a file to execute it: the execution itself comes next."""
        if pid not in self._opened and len(self._opened) >= _MOST_WAITING:
            del self._opened[next(iter(self._opened))]
        waiting = self._opened.setdefault(pid, [])
        # A file of an overlay is told twice: as itself and as the file of the layer.
        if path not in waiting and len(waiting) < _MOST_OPENED:
            waiting.append(path)

    def take(self, messages: Iterable[Message]) -> Iterator[Observation]:
        """Yield what the messages tell, in their order."""
        for message in messages:
            maker = self._makers.get(message.kind)
            if maker is not None:
                found = maker(message, message.time_ns + self._offset_ns)
                if found is not None:
                    yield found

    def _forked(self, message: Message, now_ns: int) -> Observation | None:
        tid, pid = message.numbers
        if tid != pid:
            return None  # a thread
        parent = self._tasks.get(message.pid)
        child = self._tasks.born(message.pid, pid, now_ns)
        # A process in a namespace of its own has another number there, known when it executes.
        act = Forked(pid, child.virtual_pid)
        return observed("fork", act, parent, now_ns, message.tid, pid)

    def _executed(self, message: Message, now_ns: int) -> Observation:
        task, act = self._tasks.executed(message.pid, self._opened.pop(message.pid, ()))
        return observed("execve", act, task, now_ns, message.tid)

    def _exited(self, message: Message, now_ns: int) -> Observation | None:
        if message.tid != message.pid:
            return None
        task = self._tasks.ended(message.pid, now_ns)
        self._opened.pop(message.pid, None)
        act = Exited(message.numbers[0], task.started_ns)
        return observed("procexit", act, task, now_ns, message.tid)

    def _identity(self, message: Message, now_ns: int) -> Observation:
        task = self._tasks.get(message.pid)
        effective = message.numbers[1]
        found = (
            observed("setuid", IdentityChanged(uid=effective), task, now_ns, message.tid)
            if message.kind == Kind.UID
            else observed("setgid", IdentityChanged(gid=effective), task, now_ns, message.tid)
        )
        if message.kind == Kind.UID:
            task.uid = effective
        else:
            task.gid = effective
        return found

    def _session(self, message: Message, now_ns: int) -> Observation:
        task = self._tasks.get(message.pid)
        return observed("setsid", Called(), task, now_ns, message.tid, message.pid)

    def _renamed(self, message: Message, now_ns: int) -> Observation:
        task = self._tasks.get(message.pid)
        found = observed("prctl", Called((_PR_SET_NAME,), message.text), task, now_ns, message.tid)
        if message.tid == message.pid:
            task.comm = message.text
        return found

    def _traced(self, message: Message, now_ns: int) -> Observation | None:
        tid, pid = message.numbers
        if not pid:
            return None  # the tracer let go
        tracer = self._tasks.get(pid)
        return observed("ptrace", ProcessTouched(message.pid), tracer, now_ns, tid)
