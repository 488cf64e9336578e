"""
Spell one comparison of a rule as an expression of Python.

Law: an expression is made of our own words and numbers alone. Names, constants and functions of rules
are values in ``space``, called ``K0``, ``K1`` and so on, so nothing a rule says can become code. A
value that is read by a call and asked for more than once is held in a variable, ``v0`` and so on, which
is ``U`` until then; one that costs no more than to ask whether it is held is read at the beginning.
"""

from collections import Counter
from collections.abc import Sequence

from pratique.detections.rules.checking import Fields, typed
from pratique.detections.rules.comparing import One, constant, over, single_test, test_of
from pratique.detections.rules.fields.field import OR_NONE, Field, Kind, Many, Source, Value
from pratique.detections.rules.folding import Folder, texts_of
from pratique.detections.rules.paths import glob_matcher, literal_of
from pratique.detections.rules.transforming import transformed
from pratique.formats.falco.syntax import Check, FieldRef, Items, Text, Transform

_COMPARES = frozenset({"<", "<=", ">", ">="})
_SETS = frozenset({"=", "==", "in", "intersects"})
_OFTEN = 4
"""Comparisons of a value from which on one of them is asked at nearly every event."""


class Spelling:
    """
    What the comparisons of one function have in common.

    ``space`` collects the values that expressions name, ``held`` the variables by what they hold,
    ``ready`` the expressions of those that are read at the beginning.
    """

    def __init__(self, folder: Folder, fields: Fields) -> None:
        self.space: dict[str, object] = {}
        self.held: dict[str, str] = {}
        self.ready: dict[str, str] = {}
        self._folder = folder
        self._fields = fields
        self._names: dict[object, str] = {}
        self._reads: Counter[str] = Counter()
        self._temporary = 0

    def meet(self, check: Check) -> None:
        """Count what a comparison reads; all are counted before the first is spelt."""
        if isinstance(check.left, FieldRef):
            _, source, _ = self._folder.source(check.left)
            if source is not None and source.call is not None:
                self._reads[self._place(check.left)] += 1

    def compared(self, check: Check) -> str:
        """Return the expression that is true where a comparison holds."""
        text, nullable = self._operand(check.left)
        if isinstance(check.right, Transform):
            return self._compared_fields(check, text)
        held = typed(check.left, self._fields)
        values = [constant(held.kind, one.value, check.operator) for one in texts_of(check)]
        plain = not check.modifier and held.many is Many.ONE and held.kind is not Kind.NET
        if plain and check.operator in ("=", "=="):
            return f"{text} == {self._named(values[0])}"
        if plain and check.operator in ("in", "intersects"):
            return f"{text} in {self._named(frozenset(values))}"
        if check.operator == "exists":
            return f"{text} is not None"
        guard = ""
        if nullable:
            guard, text = self._guarded(text)
        if held.many is Many.ANY and not check.modifier and check.operator in _SETS:
            # Such a field holds a tuple, or is missing.
            return f"{guard}not {self._named(frozenset(values))}.isdisjoint({text})"
        asked = self._direct(check.operator, values, text) if plain else ""
        if not asked:
            test = test_of(held.kind, check.operator, check.modifier, values)
            asked = f"{self._new(over(held.many, check.operator, test))}({text})"
        return guard + asked

    def _guarded(self, text: str) -> tuple[str, str]:
        """Return the question whether a value is there, and what to call it afterwards."""
        held = text.partition(" if ")[0].removeprefix("(")
        if held in self.held.values():
            return f"{text} is not None and ", held
        self._temporary += 1
        name = f"n{self._temporary}"
        return f"({name} := {text}) is not None and ", name

    def _direct(self, operator: str, values: Sequence[One], text: str) -> str:
        """Return a comparison that Python has an operator or a method for, else nothing."""
        if not values:
            return ""
        first = self._named(values[0])
        if operator == "!=":
            return f"{text} != {first}"
        if operator in _COMPARES:
            return f"{text} {operator} {first}"
        if operator in ("startswith", "endswith"):
            return f"{text}.{operator}({self._named(tuple(values))})"
        if operator == "contains":
            return f"{first} in {text}"
        if operator == "icontains":
            return f"{self._named(str(values[0]).lower())} in {text}.lower()"
        if operator == "glob" and len(values) == 1:
            pattern = str(values[0])
            matches = self._new(glob_matcher(pattern))
            return f"{self._named(literal_of(pattern))} in {text} and {matches}({text})"
        return ""

    def _compared_fields(self, check: Check, text: str) -> str:
        guard, left = self._guarded(text)
        other, _ = self._operand(check.right)  # type: ignore[arg-type]
        second, right = self._guarded(other)
        operator = check.operator

        def test(value: Value, wanted: Value) -> bool:
            return single_test(operator, wanted)(value)

        return f"{guard}{second}{self._new(test)}({left}, {right})"

    def _operand(self, part: FieldRef | Transform | Text | Items) -> tuple[str, bool]:
        """Return how a value is come by, and whether it may be missing."""
        match part:
            case Text(value):
                return self._named(value), False
            case Items(parts):
                inner = ", ".join(self._operand(one)[0] for one in parts)
                return f"{self._new(_listed)}({inner})", True
            case Transform(name, parts, argument):
                texts = [self._part(name, at, one) for at, one in enumerate(parts)]
                made = ", ".join([*texts, ""])
                return (
                    f"{self._new(transformed)}({self._named(name)}, ({made}), {self._named(argument)})",
                    True,
                )
            case FieldRef():
                return self._field(part)

    def _part(self, name: str, at: int, part: FieldRef | Transform | Text | Items) -> str:
        if name == "getopt" and at == 0 and isinstance(part, FieldRef):
            field, _, _ = self._folder.source(part)
            if field.items is not None:
                return self._from(field.items, field, None)[0]
        return self._operand(part)[0]

    def _field(self, reference: FieldRef) -> tuple[str, bool]:
        place = self._place(reference)
        field, source, argument = self._folder.source(reference)
        if source is None:
            return "None", True
        text, nullable = self._from(source, field, argument)
        if self._reads[place] > 1:
            name = self.held.setdefault(place, f"v{len(self.held)}")
            if source.text == OR_NONE and self._reads[place] >= _OFTEN:
                self.ready[name] = text
                return name, nullable
            text = f"({name} if {name} is not U else ({name} := {text}))"
        return text, nullable

    def _place(self, reference: FieldRef) -> str:
        field, _, argument = self._folder.source(reference)
        return f"{field.name}[{argument}]"

    def _from(self, source: Source, field: Field, argument: str | None) -> tuple[str, bool]:
        """Return the expression of a source: words of our own tables alone."""
        text, nullable = source.of, source.call is not None
        if source.text:
            text = source.text.format(text)
        elif source.call is not None:
            more = "" if argument is None else f", {self._named(argument)}"
            text = f"{self._named_call(field, source)}({text}{more})"
        if source.of.startswith("w"):
            return f"({text} if w is not None else None)", True
        return text, nullable

    def _named_call(self, field: Field, source: Source) -> str:
        return self._name((field.name, id(source)), source.call)

    def _named(self, value: object) -> str:
        return self._name((type(value), value), value)

    def _new(self, value: object) -> str:
        return self._name((id(value), len(self.space)), value)

    def _name(self, key: object, value: object) -> str:
        if key not in self._names:
            self._names[key] = f"K{len(self._names)}"
            self.space[self._names[key]] = value
        return self._names[key]


def _listed(*values: Value | None) -> Value | None:
    return None if any(value is None for value in values) else tuple(map(str, values))
