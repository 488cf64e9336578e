"""
Judge events by rules: one compiled function for each event type.

A function is made when the first event of its type comes. An event of a type that is not known, or
whose act is not the one its type promises, is interpreted. Law: which rules fire does not depend on
whether they were compiled. With ``first`` only the first rule in the order of the files fires on an
event, as in Falco; without it all do, and several alerts of one event become one story later.
"""

from collections.abc import Sequence

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.generating import Hits, Judge, compiled
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.remembering import Memory
from pratique.detections.rules.rule import Rule, RuleSet
from pratique.detections.rules.telling import Telling
from pratique.detections.rules.types import EVENT_TYPES, Types, types_of
from pratique.detections.rules.wanting import interest_of
from pratique.detections.whole_path import from_outside
from pratique.model.alert import Alert, Detector
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.model.observation import Executed, Opened

MAX_TYPES = 1024
"""How many event types have a function; a recording may hold any text as a type."""
_LIES_BELOW_A_ROOT = frozenset({Opened, Executed})
"""Acts on a file that say below which root folder it lies."""


class RuleDetector:
    """The detector."""

    def __init__(self, rules: RuleSet, *, first: bool = False) -> None:
        self._rules: Sequence[Rule] = rules.enabled
        self._types: Sequence[Types] = [types_of(rule.condition) for rule in self._rules]
        self._fields = all_fields()
        self._numbers = {rule.name: number for number, rule in enumerate(self._rules)}
        self._first = first
        self._judges: dict[str, Judge | None] = {}
        self._memory = Memory()
        self._tellings: dict[int, Telling] = {}
        self._plain = [interpreted(rule.condition, self._fields) for rule in self._rules]

    def interest(self) -> Interest:
        """Return which events it needs."""
        return interest_of(self._rules, self._fields)

    def prepare(self) -> None:
        """Make the functions of all types that rules are about, which otherwise come with an event."""
        for kind in self.interest().types:
            if kind not in self._judges:
                self._made(kind)

    def see(self, event: Event) -> Sequence[Alert]:
        """Return the alerts that an event raises."""
        kind = event.observation.type
        try:
            judge = self._judges[kind]
        except KeyError:
            judge = self._made(kind)
        if judge is None:
            return ()
        hits = judge(event)
        act = event.observation.act
        if act.__class__ in _LIES_BELOW_A_ROOT and act.root:
            return self._in_chroot(event, judge, hits or [])
        if not hits:
            return ()
        numbers = [min(hits)] if self._first else sorted(hits)
        return [self._telling(number).alert(event) for number in numbers]

    def anew(self, alert: Alert, before: Event, now: Event) -> Alert | None:
        """Return an alert of a rule in the words of what is known now; None where there is no such rule."""
        number = self._numbers.get(alert.rule) if alert.detector is Detector.RULES else None
        return None if number is None else self._telling(number).anew(alert, before, now)

    def _in_chroot(self, event: Event, judge: Judge, hits: list[int]) -> Sequence[Alert]:
        """
        Judge also by where a file lies outside of the root of who changed its root.

        Rules name files as the container sees them, and ``chroot /etc`` makes ``/shadow`` of one.
        """
        whole = from_outside(event)
        also = [number for number in judge(whole) or () if number not in hits]
        numbers = sorted([*hits, *also])
        return [
            self._telling(number).alert(whole if number in also else event)
            for number in (numbers[:1] if self._first else numbers)
        ]

    def _telling(self, number: int) -> Telling:
        """Return what a rule says, which is made when it fires for the first time."""
        known = self._tellings.get(number)
        if known is None:
            known = self._tellings[number] = Telling(self._rules[number], self._fields)
        return known

    def _made(self, kind: str) -> Judge | None:
        """Return the function for a type, None where no rule is about it."""
        numbers = [number for number, types in enumerate(self._types) if kind in types]
        act = EVENT_TYPES.get(kind)
        judge: Judge | None = None
        if numbers:
            plain = self._interpreting(numbers)
            conditions = [(number, self._rules[number].condition) for number in numbers]
            judge = plain
            if act is not None:
                table = self._memory.table(kind)
                judge = compiled(conditions, kind, act, self._fields, plain, table)
        if len(self._judges) < MAX_TYPES:
            self._judges[kind] = judge
        return judge

    def _interpreting(self, numbers: Sequence[int]) -> Judge:
        def judge(event: Event) -> Hits:
            read = event_reader(event, self._fields)
            return [number for number in numbers if self._plain[number](read)] or None

        return judge
