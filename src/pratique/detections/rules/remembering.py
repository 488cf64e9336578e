"""
Remember what is answered by the process alone: it is the same for all events of one process.

A process in an event is a value that never changes; the table of processes makes another one where a
process executes or changes its user. So a part of a condition that asks for nothing else is asked once
for each. Laws: an answer is remembered under the object itself, and forgotten as it goes, before another
one can have its identity; nothing is held by being remembered, because the arguments of a process may be
long. Of more than ``MOST_PROCESSES`` all are forgotten.
"""

import re
from weakref import ReferenceType, ref

from pratique.detections.rules.fields.field import Source
from pratique.detections.rules.folding import Folder, Term
from pratique.formats.falco.syntax import Check, FieldRef, Items, Text, Transform
from pratique.model.event import Process
from pratique.model.observation import Executed, Exited, Forked

MOST_PROCESSES = 2048
_PROCESS = "p"
_OTHERS = re.compile(r"\b[eoaw]\b")
"""What an event is besides its process, in the words of ``Source``."""
_BEGINNINGS_AND_ENDS = frozenset({Executed, Forked, Exited})
"""Acts of which a process has one: nothing is asked twice."""

Answers = list[ReferenceType[Process] | bool | None]
"""What leads to the process, and what is known of it, None for what was not asked yet."""


class Table(dict[int, Answers]):
    """The answers of one function, by the identities of processes."""

    def made(self, process: Process, places: int) -> Answers:
        """Begin to remember so many answers of a process."""
        if len(self) >= MOST_PROCESSES:
            self.clear()
        key = id(process)
        answers: Answers = [ref(process, lambda _: self.pop(key, None)), *[None] * places]
        self[key] = answers
        return answers


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
