"""A process in the table, and the ended ones in the order in which they are to be forgotten."""

from collections import deque
from collections.abc import Iterator

from pratique.model.event import MAX_ANCESTORS, Ancestor, Process

GRACE_NS = 10_000_000_000
"""How long an ended process is remembered: its last events may wait in the other ring."""
MOST_CHARS = 8 << 20
"""Characters of command lines that ended processes keep: whoever starts many chooses their length."""


class Slot:
    """One process in the table; ``ended_ns`` is 0 while it runs."""

    __slots__ = ("ancestor", "ended_ns", "inside", "parent", "process")

    def __init__(self, process: Process, parent: int, *, inside: bool) -> None:
        self.process = process
        self.parent = parent
        self.inside = inside
        self.ended_ns = 0
        self.ancestor: Ancestor | None = None

    def line(self) -> tuple[Ancestor, ...]:
        """Return the ancestors of a child of this process, nearest first."""
        known, process = self.ancestor, self.process
        if (
            known is None
            or known.name != process.name
            or known.command_line != process.command_line
        ):
            known = self.ancestor = Ancestor(
                pid=process.pid,
                name=process.name,
                path=process.path,
                command_line=process.command_line,
                executable=process.executable,
                session_leader=process.session in {process.pid, process.virtual_pid} - {0},
                in_container=self.inside,
                chosen_name=process.chosen_name,
            )
        return (known, *process.ancestors)[:MAX_ANCESTORS]


class Ended:
    """The ended processes, oldest end first: for ``GRACE_NS``, and of ``most_chars`` in all."""

    def __init__(self, most_chars: int = MOST_CHARS) -> None:
        self._most_chars = most_chars
        self._slots: deque[tuple[int, Slot, int]] = deque()
        self._chars = 0

    def note(self, slot: Slot, now_ns: int) -> None:
        """Take a process that ends now."""
        slot.ended_ns = now_ns
        chars = 2 * len(slot.process.command_line)  # it stands there once more as arguments
        self._chars += chars
        self._slots.append((now_ns + GRACE_NS, slot, chars))

    def due(self, now_ns: int) -> Iterator[Slot]:
        """Give up the processes whose time is over, or which take more room than there is."""
        slots = self._slots
        while slots and (slots[0][0] <= now_ns or self._chars > self._most_chars):
            yield self._pop()

    def all(self) -> Iterator[Slot]:
        """Give up one after the other, however young."""
        while self._slots:
            yield self._pop()

    def _pop(self) -> Slot:
        _, slot, chars = self._slots.popleft()
        self._chars -= chars
        return slot
