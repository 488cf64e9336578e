"""
Check that the comparisons of a condition can be made, before any event is seen.

Laws: every field is known, has an argument where it needs one and none where it takes none; every
operator suits the kind of its left side; every constant is of that kind; a field is compared with a
field of its own kind alone. What is allowed but is likely a mistake is a remark.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pratique.detections.rules.comparing import Incomparable, check_operator, constant, test_of
from pratique.detections.rules.fields.field import Field, Kind, Many, Takes
from pratique.detections.rules.fields.registry import all_fields, resolved
from pratique.formats.expression.linear import BadExpression
from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.parsing import parse_field
from pratique.formats.falco.syntax import (
    TRANSFORMERS,
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    ListRef,
    Macro,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)

Fields = Mapping[str, Field]
_TEXT_ONLY = frozenset({"tolower", "toupper", "b64", "basename"})
_SPECIAL = ".+*?^$()[]{}|\\"


class UnknownField(Incomparable):
    """Report a field that no module of ``fields`` has."""

    fix = "see `pratique rules fields`; `skip-if-unknown-filter: true` skips such a rule"

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown field {name[:80]!r}")
        self.name = name


class Typed(Struct, frozen=True):
    """What an operand holds: values of a kind, one or many."""

    kind: Kind
    many: Many = Many.ONE


def check_condition(tree: Condition, fields: Fields | None = None) -> tuple[str, ...]:
    """
    Return remarks on a condition whose macros and lists are resolved.

    Raises:
        UnknownField: a field is not known.
        Incomparable: a comparison can never be made.
    """
    known = all_fields() if fields is None else fields
    return tuple(remark for check in checks_of(tree) for remark in _check(check, known))


def checks_of(tree: Condition) -> Iterator[Check]:
    """Yield the comparisons of a condition, in order."""
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from checks_of(part)
        case Not(part):
            yield from checks_of(part)
        case Check():
            yield tree
        case Macro(name):
            raise Incomparable(f"{name[:60]!r} is neither a macro nor a field")


def operands_of(check: Check) -> Iterator[FieldRef]:
    """Yield the fields that a comparison reads."""
    yield from _fields_in(check.left)
    if isinstance(check.right, Transform):
        yield from _fields_in(check.right)


def fields_read(tree: Condition) -> frozenset[FieldRef]:
    """Return the fields that a condition reads."""
    return frozenset(found for check in checks_of(tree) for found in operands_of(check))


def typed(part: FieldRef | Transform | Text | Items, fields: Fields) -> Typed:
    """
    Return what an operand holds.

    Raises:
        UnknownField: a field is not known.
        Incomparable: a transformer does not suit what is in it.
    """
    match part:
        case Text():
            return Typed(Kind.TEXT)
        case Items():
            for one in part.parts:
                typed(one, fields)
            return Typed(Kind.TEXT, Many.LIST)
        case FieldRef():
            found = field_of(part, fields)
            return Typed(found.kind, Many.ONE if part.argument is not None else found.many)
        case Transform():
            return _transformed(part, fields)


def field_of(reference: FieldRef, fields: Fields) -> Field:
    """
    Return the field of a reference, its argument checked.

    Raises:
        UnknownField: it is not known.
        Incomparable: its argument is missing, too much, or no number.
    """
    found = resolved(reference, fields)
    if found is None:
        raise UnknownField(reference.name)
    field, argument = found
    if argument is None and field.takes is Takes.NEEDED_KEY:
        raise Incomparable(f"{field.name} needs an argument in brackets")
    if argument is not None and field.takes is Takes.NOTHING:
        raise Incomparable(f"{field.name} takes no argument in brackets")
    if argument is not None and field.takes is Takes.INDEX and not argument.isdigit():
        raise Incomparable(f"{field.name} takes a number in brackets")
    return field


def _fields_in(part: FieldRef | Transform | Text | Items) -> Iterator[FieldRef]:
    if isinstance(part, FieldRef):
        yield part
    elif isinstance(part, Transform | Items):
        for one in part.parts:
            yield from _fields_in(one)


def _transformed(part: Transform, fields: Fields) -> Typed:
    inner = [typed(one, fields) for one in part.parts]
    if part.argument is not None and part.name != "getopt":
        raise Incomparable(f"transformer {part.name!r} does not support field arguments")
    for one in part.parts:
        if (
            isinstance(one, FieldRef)
            and part.name != "val"
            and not field_of(one, fields).transformed
        ):
            raise Incomparable(f"{one.name} cannot be transformed")
    match part.name:
        case "val":
            return inner[0]
        case "join" | "concat" | "getopt":
            return _joined(part, inner, fields)
        case _:
            pass
    if len(inner) != 1:
        raise Incomparable(f"{part.name}() takes one value")
    if part.name in _TEXT_ONLY and inner[0].kind not in (Kind.TEXT, Kind.BYTES):
        raise Incomparable(f"{part.name}() takes a text, not a {inner[0].kind}")
    return Typed(Kind.NUMBER if part.name == "len" else Kind.TEXT)


def _joined(part: Transform, inner: list[Typed], fields: Fields) -> Typed:
    if part.name == "concat":
        if len(inner) < 2 or any(one.many is Many.LIST for one in inner):
            raise Incomparable("concat() takes at least two values")
        return Typed(Kind.TEXT)
    if len(inner) != 2:
        raise Incomparable(f"{part.name}() takes two values")
    if part.name == "join":
        if inner[0].many is Many.LIST or inner[1].many is not Many.LIST:
            raise Incomparable("join() takes a separator and a list")
        return Typed(Kind.TEXT)
    first = part.parts[0]
    listed = isinstance(first, FieldRef) and field_of(first, fields).items is not None
    if not listed and inner[0].many is not Many.LIST:
        raise Incomparable("getopt() takes a list of arguments and the known options")
    if part.argument is not None and len(part.argument) != 1:
        raise Incomparable("getopt()[x] takes one letter")
    return Typed(Kind.TEXT, Many.ONE if part.argument else Many.LIST)


def _check(check: Check, fields: Fields) -> Iterator[str]:
    left = typed(check.left, fields)
    check_operator(left.kind, check.operator)
    if left.many is Many.LIST and check.operator not in ("in", "intersects", "exists"):
        raise Incomparable("a list is compared by in, intersects and exists alone")
    match check.right:
        case None:
            return
        case Transform():
            _check_other(check, left, check.right, fields)
        case ListRef(name):
            raise Incomparable(f"{name[:60]!r} is no list")
        case Text():
            yield from _check_constants(check, left.kind, (check.right,), fields)
        case Texts(values):
            yield from _check_constants(check, left.kind, values, fields)


def _check_other(check: Check, left: Typed, right: Transform, fields: Fields) -> None:
    if check.operator in ("pmatch", "regex"):
        raise Incomparable(f"{check.operator!r} does not compare with another field")
    for side in (check.left, right.parts[0] if right.name == "val" else right):
        if isinstance(side, FieldRef) and not field_of(side, fields).compared:
            raise Incomparable(f"{side.name} is not compared with another field")
    other = typed(right, fields)
    if other.kind is not left.kind:
        raise Incomparable(f"a {left.kind} is never equal to a {other.kind}")


def _check_constants(
    check: Check, kind: Kind, texts: tuple[Text, ...], fields: Fields
) -> Iterator[str]:
    values = [constant(kind, text.value, check.operator) for text in texts]
    try:
        test_of(kind, check.operator, check.modifier, values)
    except BadExpression as error:
        raise Incomparable(str(error), hint=error.hint()) from None
    for text in texts:
        yield from _remarks(check.operator, text.value, fields)


def _remarks(operator: str, text: str, fields: Fields) -> Iterator[str]:
    plain = "".join(text.split())
    if operator == "regex" and _is_simple(text):
        yield f"the expression {text[:60]!r} says no more than =, contains, startswith or endswith"
    try:
        reference = parse_field(plain)
    except ConditionError:
        return
    if isinstance(reference, FieldRef) and resolved(reference, fields) is not None:
        yield f"{text[:60]!r} is a field; as a constant it is a text (val() compares with a field)"
    elif isinstance(reference, Transform) and reference.name in (*TRANSFORMERS, "val"):
        yield f"{text[:60]!r} is a transformer; between quotes it is a text"


def _is_simple(expression: str) -> bool:
    body = expression.removeprefix("^").removesuffix("$")
    if body[:1] == "." and body[1:2] in ("+", "*", "?"):
        body = body[2:]
    if body[-2:-1] == "." and body[-1:] in ("+", "*", "?"):
        body = body[:-2]
    return not any(letter in _SPECIAL for letter in body)
