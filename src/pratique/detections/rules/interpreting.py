"""
Decide a condition node by node: plainly, to hold the compiled rules to it.

Law: the answer for an event is that of ``generating`` for every condition and every event (a property
that tests hold). It works on anything that answers for fields: an event, or the sample of a rule.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TypeAlias

from pratique.detections.rules.checking import Fields, field_of, typed
from pratique.detections.rules.comparing import constant, over, single_test, test_of
from pratique.detections.rules.fields.field import PARTS, Field, Kind, Many, Source, Value
from pratique.detections.rules.fields.registry import resolved
from pratique.detections.rules.transforming import transformed
from pratique.formats.falco.syntax import (
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    Left,
    Macro,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)
from pratique.model.event import Event

Reader: TypeAlias = Callable[[FieldRef, bool], Value | None]
"""Answers for a field; the flag asks for its values as a list."""
Holds: TypeAlias = Callable[[Reader], bool]


def interpreted(tree: Condition, fields: Fields) -> Holds:
    """Return a checked condition as a function of what answers for its fields."""
    match tree:
        case And(parts):
            every = [interpreted(part, fields) for part in parts]
            return lambda read: all(one(read) for one in every)
        case Or(parts):
            some = [interpreted(part, fields) for part in parts]
            return lambda read: any(one(read) for one in some)
        case Not(part):
            inner = interpreted(part, fields)
            return lambda read: not inner(read)
        case Macro(name):
            raise ValueError(f"the macro {name} is not resolved")
        case Check():
            return _check(tree, fields)


def event_reader(event: Event, fields: Fields) -> Reader:
    """Return what answers for an event."""
    act = type(event.observation.act)

    def read(reference: FieldRef, listed: bool) -> Value | None:
        found = resolved(reference, fields)
        if found is None:
            return None
        field, argument = found
        source = field.items if listed and field.items else field.source(act, argument)
        return None if source is None else _read(event, source, argument)

    return read


def sample_reader(values: Mapping[str, str | tuple[str, ...]], fields: Fields) -> Reader:
    """
    Return what answers for a sample: texts by the name of a field, ``proc.aname[2]`` included.

    A field that the sample does not name is missing.
    """

    def read(reference: FieldRef, listed: bool) -> Value | None:
        found = resolved(reference, fields)
        if found is None:
            return None
        field, argument = found
        spelt = (
            reference.name
            if reference.argument is None
            else f"{reference.name}[{reference.argument}]"
        )
        given = values.get(spelt)
        if given is None and argument is not None:
            given = values.get(f"{field.name}[{argument}]", values.get(f"{field.name}.{argument}"))
        return None if given is None else _of_kind(given, field, argument, listed)

    return read


def operand_value(part: Left, read: Reader, fields: Fields) -> Value | None:
    """Return what a field, or a transformer over fields, comes to."""
    return _operand(part, fields)(read)


def answering(part: Left, act: type, fields: Fields) -> Callable[[Event], Value | None]:
    """Return ``operand_value`` of events with such an act, prepared: an alert asks for dozens."""
    if not isinstance(part, FieldRef):
        held = _operand(part, fields)
        return lambda event: held(event_reader(event, fields))
    found = resolved(part, fields)
    source = None if found is None else found[0].source(act, found[1])
    if found is None or source is None:
        return lambda _: None
    return _reading(source, found[1])


def _reading(source: Source, argument: str | None) -> Callable[[Event], Value | None]:
    part, _, rest = source.of.partition(".")
    begin, call = PARTS[part], source.call
    go = attrgetter(rest) if rest else None
    more = () if argument is None else (argument,)

    def read(event: Event) -> Value | None:
        value = begin(event)
        if value is None:
            return None
        if go is not None:
            value = go(value)
        return value if call is None else call(value, *more)  # type: ignore[return-value]

    return read


def attribute(event: Event, path: str) -> Value | None:
    """Return what a path such as ``p.name`` leads to; None without a workload."""
    part, _, rest = path.partition(".")
    found = PARTS[part](event)
    if part == "w" and found is None:
        return None
    value: Value = attrgetter(rest)(found) if rest else found  # type: ignore[assignment]
    return value


def _read(event: Event, source: Source, argument: str | None) -> Value | None:
    value = attribute(event, source.of)
    if source.call is None:
        return value
    if value is None and source.of.startswith("w"):
        return None
    return source.call(value) if argument is None else source.call(value, argument)


def _of_kind(
    given: str | tuple[str, ...], field: Field, argument: str | None, listed: bool
) -> Value | None:
    kind = Kind.ADDRESS if field.kind is Kind.NET else field.kind
    many = argument is None and field.many is not Many.ONE
    if isinstance(given, str) and not many and not listed:
        return constant(kind, given)
    texts = (given,) if isinstance(given, str) else given
    return tuple(constant(kind, text) for text in texts)  # type: ignore[return-value]


def _check(check: Check, fields: Fields) -> Holds:
    left = _operand(check.left, fields)
    held = typed(check.left, fields)
    if isinstance(check.right, Transform):
        return _compared(check.operator, left, _operand(check.right, fields))
    texts = check.right.values if isinstance(check.right, Texts) else ()
    texts = (check.right,) if isinstance(check.right, Text) else texts
    values = [constant(held.kind, text.value, check.operator) for text in texts]
    test = over(
        held.many, check.operator, test_of(held.kind, check.operator, check.modifier, values)
    )

    def holds(read: Reader) -> bool:
        value = left(read)
        return value is not None and test(value)

    return holds


def _compared(
    operator: str,
    left: Callable[[Reader], Value | None],
    right: Callable[[Reader], Value | None],
) -> Holds:
    def holds(read: Reader) -> bool:
        value, wanted = left(read), right(read)
        if value is None or wanted is None:
            return False
        return single_test(operator, wanted)(value)

    return holds


def _operand(
    part: FieldRef | Transform | Text | Items, fields: Fields, listed: bool = False
) -> Callable[[Reader], Value | None]:
    match part:
        case FieldRef():
            field_of(part, fields)
            return lambda read: read(part, listed)
        case Text(value):
            return lambda _: value
        case Items(parts):
            inner = [_operand(one, fields) for one in parts]
            return lambda read: _all_or_none([one(read) for one in inner])
        case Transform(name, parts, argument):
            asked = [
                _operand(one, fields, name == "getopt" and not at) for at, one in enumerate(parts)
            ]
            return lambda read: transformed(name, [one(read) for one in asked], argument)


def _all_or_none(values: list[Value | None]) -> Value | None:
    if any(value is None for value in values):
        return None
    return tuple(str(value) for value in values)
