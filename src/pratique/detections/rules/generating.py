"""
Compile rules into one Python function for each event type.

Laws: the function answers as ``interpreting`` does, for every event. Its text is made of our own words
and numbers alone: names, constants and functions of rules are values in its namespace, so nothing a
rule says can become code. Rules share what they have in common: a part that several rules ask for
first is asked once, around all of them; any other part that occurs twice is kept once it was asked
for; what the process alone answers is remembered for the process (``remembering``); nothing is asked for
before it is needed. An event whose act is of another class than its type says is interpreted. See ADR
"Rules become Python functions".

Conditions are simplified by ``folding``, ordered by ``weighing`` and ``planning``; ``spelling`` writes one
comparison, this module the function around them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from pratique.detections.rules.checking import Fields
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.planning import Pending, Step, planned
from pratique.detections.rules.remembering import OfProcess, Table
from pratique.detections.rules.spelling import Spelling
from pratique.detections.rules.weighing import CHEAP, Weights
from pratique.formats.falco.syntax import Condition
from pratique.model.event import Event

Hits: TypeAlias = list[int] | None
"""The numbers of the rules that hold, None for none."""
Judge: TypeAlias = Callable[[Event], Hits]

_UNSET = object()
_NAMES = re.compile(r"\b[tv]\d+\b")
"""Variables that keep answers and values."""


def compiled(
    conditions: Sequence[tuple[int, Condition]],
    kind: str,
    act: type,
    fields: Fields,
    otherwise: Judge,
    table: Table,
) -> Judge | None:
    """
    Return the function for events of one type, None where no rule can hold of one.

    Args:
        conditions: the numbers of the rules and their checked conditions.
        kind: the event type.
        act: the class of its act.
        fields: the known fields.
        otherwise: what judges an event of that type whose act is of another class.
        table: what remembers the answers of processes.
    """
    writer = _Writer(Folder(kind, act, fields), act, fields)
    text = writer.function(conditions)
    if not text:
        return None
    ours = {"added": added, "ACT": act, "otherwise": otherwise, "U": _UNSET, "table": table}
    space: dict[str, object] = {**writer.spelling.space, **ours}
    try:
        # The text holds our own words and numbers alone; see the law of this module.
        exec(compile(text, f"<rules of {kind}>", "exec"), space)  # noqa: S102
    except (SyntaxError, RecursionError, MemoryError):
        return otherwise  # Nested too deep for Python's compiler: slower, not wrong.
    made: Judge = space["judge"]  # type: ignore[assignment]
    return made


def added(hits: Hits, number: int) -> list[int]:
    """Return the hits and one more."""
    if hits is None:
        return [number]
    hits.append(number)
    return hits


class _Writer:
    """
    Write one function; ``spelling.space`` collects the values it names.

    In it ``e`` is the event, ``o`` its observation, ``a`` the act, ``p`` the process and ``w`` the workload,
    as the sources of fields have it; ``t0`` and so on keep answers, ``v0`` and so on hold values; ``c`` is
    what is remembered of the process, ``m1`` and so on are functions that find out what is not yet.
    """

    def __init__(self, folder: Folder, act: type, fields: Fields) -> None:
        self.spelling = Spelling(folder, fields)
        self._folder = folder
        self._weights = Weights(folder, OfProcess(folder, act))
        self._uses: Counter[int] = Counter()
        self._kept: dict[int, str] = {}
        self._remembered: list[str] = []
        self._written: dict[int, str] = {}

    def function(self, conditions: Sequence[tuple[int, Condition]]) -> str:
        """Return the function's text, empty where no rule can hold."""
        rules = list(self._pending(conditions))
        if not rules:
            return ""
        plan = planned(rules, self._weights)
        self._count(plan)
        body = [line for step in plan for line in self._lines(step, 1)]
        head = ["def judge(e):", " o = e.observation", " a = o.act", " if type(a) is not ACT:"]
        head += ["  return otherwise(e)", " p = e.process", " w = e.workload", " hits = None"]
        if self._remembered:
            head += [" c = table.get(id(p))", " if c is None or c[0]() is not p:"]
            head += [f"  c = table.made(p, {len(self._remembered)})"]
        head += self._beginning(body)
        return "\n".join([*self._remembered, *head, *body, " return hits", ""])

    def _beginning(self, body: Iterable[str]) -> Iterator[str]:
        """Yield what sets the variables of a text to what says that nothing is known, or is known at once."""
        ready = self.spelling.ready
        found = {name for line in body for name in _NAMES.findall(line)}
        yield from (f" {name} = {ready[name]}" for name in sorted(found & ready.keys()))
        names = sorted(found - ready.keys())
        for letter, nothing in (("t", "None"), ("v", "U")):
            of_it = [f"{name} = " for name in names if name[0] == letter]
            if of_it:
                yield f" {''.join(of_it)}{nothing}"

    def _pending(self, conditions: Sequence[tuple[int, Condition]]) -> Iterator[Pending]:
        """Yield the rules that can hold, with what has to be asked for each."""
        for number, tree in conditions:
            folded = self._folder.folded(tree)
            if isinstance(folded, Term):
                parts = folded.parts if folded.word == "and" else (folded,)
                yield Pending(number, {part.number: part for part in parts})
            elif folded:
                yield Pending(number, {})

    def _count(self, steps: Sequence[Step]) -> None:
        """Learn what occurs more than once, so that it is asked for once."""
        for step in steps:
            for term in step.terms:
                self._count_term(term)
            self._count(step.inside)

    def _count_term(self, term: Term) -> None:
        self._uses[term.number] += 1
        if self._uses[term.number] == 2 and self._weights.cost(term) > CHEAP:
            self._kept[term.number] = f"t{len(self._kept)}"
        if self._uses[term.number] > 1:
            return
        for part in term.parts:
            self._count_term(part)
        if term.check is not None:
            self.spelling.meet(term.check)

    def _lines(self, step: Step, depth: int) -> Iterable[str]:
        indent = " " * depth
        found = f"hits = added(hits, {step.number})"
        if not step.terms:
            yield indent + found
            return
        yield f"{indent}if {' and '.join(map(self._text, step.terms))}:"
        if step.number is not None:
            yield f"{indent} {found}"
        for inner in step.inside:
            yield from self._lines(inner, depth + 1)

    def _text(self, term: Term) -> str:
        if term.number not in self._written:
            name = self._kept.get(term.number)
            if self._weights.remembers(term):
                text = self._recalled(self._plain(term, self._anew))
            else:
                text = self._plain(term, self._text)
                if name is not None:
                    text = f"({name} if {name} is not None else ({name} := {text}))"
            self._written[term.number] = text
        return self._written[term.number]

    def _anew(self, term: Term) -> str:
        """Return the expression of a part of what is remembered as a whole."""
        return self._plain(term, self._anew)

    def _recalled(self, text: str) -> str:
        """Return the expression that has an answer from what is remembered, and asks where it is not."""
        place = len(self._remembered) + 1
        found = [f"def m{place}(c, p):", *self._beginning([text])]
        self._remembered.append(
            "\n".join([*found, f" c[{place}] = known = {text}", " return known"])
        )
        return f"(c[{place}] if c[{place}] is not None else m{place}(c, p))"

    def _plain(self, term: Term, text_of: Callable[[Term], str]) -> str:
        if term.check is not None:
            return f"({self.spelling.compared(term.check)})"
        if term.word == "not":
            return f"(not {text_of(term.parts[0])})"
        parts = term.parts if term.word == "or" else self._weights.ordered(term.parts)
        ordered = sorted(parts, key=self._weights.cost) if term.word == "or" else parts
        return f"({f' {term.word} '.join(map(text_of, ordered))})"
