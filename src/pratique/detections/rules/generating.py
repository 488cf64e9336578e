"""
Compile rules into one Python function for each event type.

Laws: the function answers as ``interpreting`` does, for every event. Its text is made of our own words
and numbers alone: names, constants and functions of rules are values in its namespace, so nothing a
rule says can become code. Rules share what they have in common: a part that several rules ask for
first is asked once, around all of them; any other part that occurs twice is kept once it was asked
for; nothing is asked for before it is needed. An event whose act is of another class than its type
says is interpreted. See ADR "Rules become Python functions".
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from pratique.detections.rules.checking import Fields, typed
from pratique.detections.rules.comparing import One, constant, over, single_test, test_of
from pratique.detections.rules.fields.field import Field, Kind, Many, Source, Value
from pratique.detections.rules.folding import Folder, Term, texts_of
from pratique.detections.rules.paths import glob_matcher, literal_of
from pratique.detections.rules.transforming import transformed
from pratique.formats.falco.syntax import (
    Check,
    Condition,
    FieldRef,
    Items,
    Text,
    Transform,
)
from pratique.model.event import Event

Hits: TypeAlias = list[int] | None
"""The numbers of the rules that hold, None for none."""
Judge: TypeAlias = Callable[[Event], Hits]

_MAX_NESTED = 12
_CHEAP = 2.5
"""The cost up to which asking again is as fast as remembering."""
_DECIDES = 0.3
"""How likely a shared part has to fail to be asked around all its rules; else the paths come first."""
_LIKELY = {"!=": 0.1, "exists": 0.2, "<": 0.5, "<=": 0.5, ">": 0.5, ">=": 0.5}
_COSTS = {"regex": 12.0, "glob": 8.0, "iglob": 8.0, "pmatch": 4.0, "icontains": 3.0}
_COMPARES = frozenset({"<", "<=", ">", ">="})
_SETS = frozenset({"=", "==", "in", "intersects"})
_UNSET = object()


def compiled(
    conditions: Sequence[tuple[int, Condition]],
    kind: str,
    act: type,
    fields: Fields,
    otherwise: Judge,
) -> Judge | None:
    """
    Return the function for events of one type, None where no rule can hold of one.

    Args:
        conditions: the numbers of the rules and their checked conditions.
        kind: the event type.
        act: the class of its act.
        fields: the known fields.
        otherwise: what judges an event of that type whose act is of another class.
    """
    writer = _Writer(Folder(kind, act, fields), fields)
    text = writer.function(conditions)
    if not text:
        return None
    space: dict[str, object] = {**writer.space, "ACT": act, "otherwise": otherwise, "U": _UNSET}
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


class _Rule:
    """A rule on its way into a function: what still has to be asked."""

    __slots__ = ("number", "terms")

    def __init__(self, number: int, terms: dict[int, Term]) -> None:
        self.number = number
        self.terms = terms

    def without(self, term: Term) -> "_Rule":
        return _Rule(self.number, {n: t for n, t in self.terms.items() if n != term.number})


class _Writer:
    """Write one function; ``space`` collects the values it names."""

    def __init__(self, folder: Folder, fields: Fields) -> None:
        self.space: dict[str, object] = {"added": added}
        self._folder = folder
        self._fields = fields
        self._names: dict[object, str] = {}
        self._uses: Counter[int] = Counter()
        self._reads: Counter[str] = Counter()
        self._kept: dict[int, str] = {}
        self._held: dict[str, str] = {}
        self._costs: dict[int, float] = {}
        self._written: dict[int, str] = {}
        self._temporary = 0

    def function(self, conditions: Sequence[tuple[int, Condition]]) -> str:
        """Return the function's text, empty where no rule can hold."""
        rules: list[_Rule] = []
        for number, tree in conditions:
            folded = self._folder.folded(tree)
            if isinstance(folded, Term):
                parts = folded.parts if folded.word == "and" else (folded,)
                rules.append(_Rule(number, {part.number: part for part in parts}))
            elif folded:
                rules.append(_Rule(number, {}))
        if not rules:
            return ""
        plan = self._planned(rules, 0)
        self._count(plan)
        body = [line for step in plan for line in self._lines(step, 1)]
        kept = "".join(f"{name} = " for name in self._kept.values())
        held = "".join(f"{name} = " for name in self._held.values())
        head = ["def judge(e):", " o = e.observation", " a = o.act", " if type(a) is not ACT:"]
        head += ["  return otherwise(e)", " p = e.process", " w = e.workload", " hits = None"]
        head += [f" {kept}None"] * bool(kept) + [f" {held}U"] * bool(held)
        return "\n".join([*head, *body, " return hits", ""])

    # What is asked first: a plan of nested steps.

    def _planned(self, rules: Sequence[_Rule], depth: int) -> "list[_Step]":
        steps: list[_Step] = []
        rest = list(rules)
        while rest:
            shared = self._most_shared(rest) if depth < _MAX_NESTED else None
            if shared is None:
                steps += [_Step(self._ordered(rule.terms.values()), rule.number) for rule in rest]
                break
            inside = [rule.without(shared) for rule in rest if shared.number in rule.terms]
            steps.append(_Step([shared], None, self._planned(inside, depth + 1)))
            rest = [rule for rule in rest if shared.number not in rule.terms]
        return steps

    def _most_shared(self, rules: Sequence[_Rule]) -> Term | None:
        counts = Counter(number for rule in rules for number in rule.terms)
        terms = {number: term for rule in rules for number, term in rule.terms.items()}
        several = [one for one in terms.values() if counts[one.number] > 1]
        decide = [one for one in several if self._fails(one) >= _DECIDES]
        return max(
            decide,
            key=lambda one: (self._worth(one, counts[one.number]), -one.number),
            default=None,
        )

    def _worth(self, term: Term, count: int) -> float:
        """Return how much is won by asking it first: rules it spares, for what it costs."""
        return float(count * self._fails(term) / self._cost(term) ** 0.5)

    def _ordered(self, terms: Iterable[Term]) -> list[Term]:
        """Return terms so that what is cheap and likely to fail comes first."""
        return sorted(terms, key=lambda term: (self._cost(term) / self._fails(term), term.number))

    def _fails(self, term: Term) -> float:
        """Return how likely a term does not hold, roughly."""
        if term.check is not None:
            return _LIKELY.get(term.check.operator, 0.9)
        if term.word == "not":
            return 1.05 - self._fails(term.parts[0])
        return 0.7 if term.word == "or" else 0.95

    def _cost(self, term: Term) -> float:
        """Return what asking a term costs, in attribute accesses, roughly."""
        if term.number not in self._costs:
            if term.check is None:
                cost = sum(map(self._cost, term.parts)) * (1.0 if term.word == "not" else 0.7)
            else:
                cost = self._check_cost(term.check)
            self._costs[term.number] = cost
        return self._costs[term.number]

    def _check_cost(self, check: Check) -> float:
        cost = _COSTS.get(check.operator, 1.0)
        if not isinstance(check.left, FieldRef):
            return cost + 8.0
        field, source, _ = self._folder.source(check.left)
        called = source is not None and source.call is not None and not source.text
        return cost + 3.0 * called + 4.0 * (field.many is not Many.ONE or field.kind is Kind.NET)

    # What occurs more than once.

    def _count(self, steps: "Sequence[_Step]") -> None:
        for step in steps:
            for term in step.terms:
                self._count_term(term)
            self._count(step.inside)

    def _count_term(self, term: Term) -> None:
        self._uses[term.number] += 1
        if self._uses[term.number] == 2 and self._cost(term) > _CHEAP:
            self._kept[term.number] = f"t{len(self._kept)}"
        if self._uses[term.number] > 1:
            return
        for part in term.parts:
            self._count_term(part)
        if term.check is not None and isinstance(term.check.left, FieldRef):
            _, source, _ = self._folder.source(term.check.left)
            if source is not None and source.call is not None:
                self._reads[self._place(term.check.left)] += 1

    # The text.

    def _lines(self, step: "_Step", depth: int) -> Iterable[str]:
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
            text = self._plain(term)
            name = self._kept.get(term.number)
            if name is not None:
                text = f"({name} if {name} is not None else ({name} := {text}))"
            self._written[term.number] = text
        return self._written[term.number]

    def _plain(self, term: Term) -> str:
        if term.check is not None:
            return f"({self._compared(term.check)})"
        if term.word == "not":
            return f"(not {self._text(term.parts[0])})"
        parts = term.parts if term.word == "or" else self._ordered(term.parts)
        ordered = sorted(parts, key=self._cost) if term.word == "or" else parts
        return f"({f' {term.word} '.join(map(self._text, ordered))})"

    def _compared(self, check: Check) -> str:
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
        if held in self._held.values():
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
            name = self._held.setdefault(place, f"v{len(self._held)}")
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


class _Step:
    """One ``if``: what is asked, the rule that then holds, or the steps inside."""

    __slots__ = ("inside", "number", "terms")

    def __init__(
        self, terms: Sequence[Term], number: int | None, inside: "Sequence[_Step]" = ()
    ) -> None:
        self.terms = terms
        self.number = number
        self.inside = inside


def _listed(*values: Value | None) -> Value | None:
    return None if any(value is None for value in values) else tuple(map(str, values))
