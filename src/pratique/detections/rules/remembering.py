"""
Remember what is answered by the process alone: it is the same for all events of one process.

A process in an event is a value that never changes; the table of processes makes another one where a
process executes or changes its user. So a part of a condition that asks for nothing else is asked once
for each. Laws: an answer counts for the very object that was asked, which is compared, since another one
may get its identity; nothing is held by being remembered, because the arguments of a process may be long:
the answers go with it. Of more than ``MOST_ANSWERED`` in all tables together all are forgotten.
"""

import re
from weakref import ref

from pratique.detections.rules.fields.field import Source
from pratique.detections.rules.folding import Folder, Term
from pratique.formats.falco.syntax import Check, FieldRef, Items, Text, Transform
from pratique.model.event import Process
from pratique.model.observation import Executed, Exited, Forked

MOST_ANSWERED = 8192
"""Processes, each counted once for each type of its events."""
_PROCESS = "p"
_OTHERS = re.compile(r"\b[eoaw]\b")
"""What an event is besides its process, in the words of ``Source``."""
_BEGINNINGS_AND_ENDS = frozenset({Executed, Forked, Exited})
"""Acts of which a process has one: nothing is asked twice."""


class Asked(ref[Process]):
    """The process that was asked, and where its answers stand."""

    __slots__ = ("key",)
    key: int


Answers = list[Asked | bool | None]
"""Who was asked, and what the answers are, None for what was not asked yet."""


class Memory:
    """What all functions of one detector remember."""

    def __init__(self, most: int = MOST_ANSWERED) -> None:
        self._most = most
        self._tables: dict[str, Table] = {}
        self._held = 0

    def __len__(self) -> int:
        """Return how many processes are remembered, over all tables."""
        return sum(map(len, self._tables.values()))

    def table(self, kind: str) -> "Table":
        """Return an empty table for the function of an event type, instead of the one it had."""
        if kind in self._tables:
            self._held -= len(self._tables[kind])
            # Its processes are not counted a second time as they go.
            self._tables[kind].clear()
        made = self._tables[kind] = Table(self)
        return made

    def make_room(self) -> None:
        """Have room for one more."""
        self._held += 1
        if self._held > self._most:
            for one in self._tables.values():
                one.clear()
            self._held = 1

    def gone(self) -> None:
        """One was forgotten."""
        self._held -= 1


class Table(dict[int, Answers]):
    """The answers of one function, by the identities of processes."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._gone = self._forget

    def made(self, process: Process, places: int) -> Answers:
        """Begin to remember so many answers of a process."""
        key = id(process)
        if self.pop(key, None) is None:
            self._memory.make_room()
        asked = Asked(process, self._gone)
        asked.key = key
        answers: Answers = [asked, *[None] * places]
        self[key] = answers
        return answers

    def _forget(self, asked: Asked) -> None:
        answers = self.get(asked.key)
        if answers is not None and answers[0] is asked:
            del self[asked.key]
            self._memory.gone()


class OfProcess:
    """
    Which parts of conditions the process alone answers, for events of one type.

    Args:
        folder: what knows where such events have their fields from.
        act: the class of their acts.
    """

    def __init__(self, folder: Folder, act: type) -> None:
        self._folder = folder
        self._never = act in _BEGINNINGS_AND_ENDS
        self._known: dict[int, bool] = {}

    def answers(self, term: Term) -> bool:
        """Return whether the process alone answers a part, and may be asked again."""
        if term.number not in self._known:
            inner = all(map(self.answers, term.parts))
            own = term.check is None or self._answers_check(term.check)
            self._known[term.number] = not self._never and inner and own
        return self._known[term.number]

    def _answers_check(self, check: Check) -> bool:
        compared = check.right if isinstance(check.right, Transform) else None
        parts = (check.left,) if compared is None else (check.left, compared)
        return all(map(self._answers_part, parts))

    def _answers_part(self, part: FieldRef | Transform | Items | Text) -> bool:
        match part:
            case FieldRef():
                source = self._folder.source(part)[1]
                return source is None or _is_of_process(source)
            case Transform(_, parts) | Items(parts):
                return all(map(self._answers_part, parts))
            case Text():
                return True


def _is_of_process(source: Source) -> bool:
    """
    Return whether a value is read from the process and nothing else.

    >>> _is_of_process(Source("p.name")), _is_of_process(Source("p", None, "({} or a.path)"))
    (True, False)
    """
    whole = source.of.partition(".")[0] == _PROCESS
    return whole and _OTHERS.search(source.text) is None
