"""
Compare values of fields with constants, by the kind of the field.

Law: what can be compared is decided at load: an operator that does not suit the kind, or a constant
that is none of it, is an error there. What is left is a function of one value.
"""

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import TypeAlias

from pratique.detections.rules.fields.field import Kind, Many, Value
from pratique.detections.rules.paths import glob_matcher, prefix_matcher
from pratique.formats.expression.linear import full_matcher
from pratique.model.errors import FormatError

One: TypeAlias = str | int | float | bool
Test: TypeAlias = Callable[[Value], bool]
Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

_EQUAL = frozenset({"=", "==", "!=", "in", "intersects", "exists"})
_ORDER = frozenset({"<", "<=", ">", ">="})
_WORDS = frozenset({"contains", "startswith", "endswith"})
SUITS = {
    Kind.TEXT: _EQUAL | _ORDER | _WORDS | {"icontains", "glob", "iglob", "regex", "pmatch"},
    Kind.NUMBER: _EQUAL | _ORDER,
    Kind.BOOL: _EQUAL,
    Kind.ADDRESS: _EQUAL,
    Kind.NET: _EQUAL,
    Kind.BYTES: _EQUAL | _WORDS | {"bcontains", "bstartswith"},
}
"""Which operators suit which kind."""
_MAX_DIGITS = 64


class Incomparable(FormatError):
    """Report a comparison that can never be made."""

    fix = "see `pratique rules fields` for the kind of every field"


def check_operator(kind: Kind, operator: str) -> None:
    """Raise ``Incomparable`` where an operator does not suit a kind."""
    if operator not in SUITS[kind]:
        raise Incomparable(f"{operator!r} does not compare a {kind}")


def constant(kind: Kind, text: str, operator: str = "=") -> One:
    """
    Return a constant as its kind says.

    Raises:
        Incomparable: it is no such value.

    >>> constant(Kind.NUMBER, "0x10"), constant(Kind.BOOL, "true")
    (16, True)
    """
    match kind:
        case Kind.NUMBER:
            return _number(text)
        case Kind.BOOL:
            if text not in ("true", "false"):
                raise Incomparable(f"{text[:40]!r} is neither true nor false")
            return text == "true"
        case Kind.ADDRESS:
            return _address(text)
        case Kind.NET:
            return str(_network(text))
        case Kind.BYTES if operator in ("bcontains", "bstartswith"):
            return _bytes(text)
        case Kind.BYTES:
            return text.encode("utf-8", "replace").decode("latin-1")
        case Kind.TEXT:
            if "\0" in text:
                raise Incomparable("a text with a NUL byte is never met")
            return text


def test_of(kind: Kind, operator: str, modifier: str, values: Sequence[One]) -> Test:
    """
    Return the function that compares one value with constants.

    Raises:
        BadExpression: the operator is ``regex`` and a constant no expression.

    >>> test_of(Kind.TEXT, "startswith", "oneof", ["/a", "/b"])("/a/b")
    True
    """
    if modifier:
        tests = [test_of(kind, operator, "", [value]) for value in values]
        return _MODIFIED[modifier](tests)
    if kind is Kind.NET:
        return _net_test(operator, values)
    if operator == "exists":
        return lambda _: True
    if operator in ("in", "intersects"):
        return frozenset(values).__contains__
    if operator == "pmatch":
        return _text_test(prefix_matcher(map(str, values)))
    if not values:
        return lambda _: False
    if len(values) > 1:  # Several prefixes, endings or constants that were merged: any of them.
        return _any_of([single_test(operator, value) for value in values])
    return single_test(operator, values[0])


def single_test(operator: str, wanted: Value) -> Test:
    """Return the function that compares one value with one constant."""
    if operator in ("glob", "iglob"):
        return _text_test(glob_matcher(str(wanted), operator == "iglob"))
    if operator == "regex":
        return _text_test(full_matcher(str(wanted)))
    return partial(_TWO[operator], wanted)


def over(many: Many, operator: str, test: Test) -> Test:
    """Return a test of one value as a test of what a field with several values holds."""
    match many:
        case Many.ONE:
            return test
        case Many.ANY:
            return lambda values: any(map(test, _several(values)))
        case Many.EITHER if operator == "!=":
            return lambda values: all(map(test, _several(values)))
        case Many.EITHER:
            return lambda values: any(map(test, _several(values)))
        case Many.LIST if operator == "in":
            return lambda values: all(map(test, _several(values)))
        case Many.LIST:
            return lambda values: any(map(test, _several(values)))


def _several(values: Value) -> tuple[One, ...]:
    return values if isinstance(values, tuple) else (values,)


def _number(text: str) -> int:
    try:
        if len(text) > _MAX_DIGITS:
            raise ValueError
        if text[:2].lower() == "0x":
            return int(text, 16)
        return int(text)
    except ValueError:
        raise Incomparable(f"{text[:40]!r} is no whole number") from None


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise Incomparable(f"{text[:60]!r} is no address") from None


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise Incomparable(f"{text[:60]!r} is no network") from None


def _bytes(text: str) -> str:
    try:
        return bytes.fromhex(text).decode("latin-1")
    except ValueError:
        raise Incomparable(f"{text[:40]!r} is not hexadecimal") from None


def _net_test(operator: str, values: Sequence[One]) -> Test:
    if operator == "exists":
        return lambda _: True
    inside = in_networks(str(value) for value in values)
    if operator == "!=":
        return lambda value: not inside(str(value))
    return lambda value: inside(str(value))


def in_networks(texts: Iterable[str]) -> Callable[[str], bool]:
    """
    Return whether an address lies in one of these networks; answers are remembered.

    >>> in_networks(["10.0.0.0/8", "fe80::/10"])("10.1.2.3")
    True
    """
    networks = [_network(text) for text in texts]

    @lru_cache(maxsize=4096)
    def inside(text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in one for one in networks)

    return inside


def _text_test(matches: Callable[[str], bool]) -> Test:
    return lambda value: matches(str(value))


def _one_of(tests: list[Test]) -> Test:
    return lambda value: sum(test(value) for test in tests) == 1


def _any_of(tests: list[Test]) -> Test:
    return lambda value: any(test(value) for test in tests)


def _all_of(tests: list[Test]) -> Test:
    return lambda value: bool(tests) and all(test(value) for test in tests)


_MODIFIED = {"oneof": _one_of, "anyof": _any_of, "allof": _all_of}


def _ordered(compare: Callable[[object, object], bool]) -> Callable[[Value, Value], bool]:
    def test(wanted: Value, value: Value) -> bool:
        if isinstance(wanted, str) != isinstance(value, str):
            return False
        return compare(value, wanted)

    return test


_TWO: dict[str, Callable[[Value, Value], bool]] = {
    "=": lambda wanted, value: value == wanted,
    "==": lambda wanted, value: value == wanted,
    "!=": lambda wanted, value: value != wanted,
    "<": _ordered(lambda value, wanted: value < wanted),  # type: ignore[operator]
    "<=": _ordered(lambda value, wanted: value <= wanted),  # type: ignore[operator]
    ">": _ordered(lambda value, wanted: value > wanted),  # type: ignore[operator]
    ">=": _ordered(lambda value, wanted: value >= wanted),  # type: ignore[operator]
    "contains": lambda wanted, value: str(wanted) in str(value),
    "icontains": lambda wanted, value: str(wanted).lower() in str(value).lower(),
    "startswith": lambda wanted, value: str(value).startswith(str(wanted)),
    "endswith": lambda wanted, value: str(value).endswith(str(wanted)),
    "bcontains": lambda wanted, value: str(wanted) in str(value),
    "bstartswith": lambda wanted, value: str(value).startswith(str(wanted)),
    "in": lambda wanted, value: value == wanted,
    "intersects": lambda wanted, value: value == wanted,
}
"""Operators of two values: the constant, the field's."""
