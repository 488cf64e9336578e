"""Names are put in place once, and what leads to itself or to too much is refused."""

import pytest

from pratique.detections.rules.resolving import (
    MAX_DEPTH,
    Names,
    Unresolved,
    check_exception,
    excepted,
    unquoted,
)
from pratique.formats.falco.document import ExceptionEntry
from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.printing import printed

TREE = parse_condition("evt.type=open")


def test_lists_stand_for_their_items() -> None:
    """Bare words alone; between quotes, or behind =, a word is itself."""
    names = Names({}, {"a": ("x", "b"), "b": ("y", '"z z"'), "odd name": ("o",)})

    found = names.condition('p.n in (a, "a", odd name) and p.n = a and p.n = oneof b')
    assert printed(found) == (
        'p.n in ("x", "y", "z z", "a", "o") and p.n = a and p.n = oneof ("y", "z z")'
    )


def test_macros_are_parsed_once_and_shared() -> None:
    """Two uses are one object, so what they cost is paid once."""
    names = Names({"m": "a.b=1 or c.d=2"}, {})
    first, second = names.condition("m"), names.condition("m")

    assert first is second


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_circles_are_refused(name: str) -> None:
    names = Names({"a": "b", "b": "c and x.y=1", "c": "not a"}, {})
    with pytest.raises(Unresolved, match="leads to itself"):
        names.condition(name)


def test_long_chains_are_refused() -> None:
    """Deeper than anybody writes, long before Python's own limit."""
    macros = {f"m{at}": f"m{at + 1}" for at in range(MAX_DEPTH + 10)}
    with pytest.raises(Unresolved):
        Names(macros, {}).condition("m0")


def test_lists_that_grow_are_refused() -> None:
    """Each ten times the last."""
    lists = {f"l{at}": (f"l{at + 1}",) * 10 for at in range(9)} | {"l9": ("x",)}
    with pytest.raises(Unresolved, match="items"):
        Names({}, lists).condition("p.n in (l0)")


def test_exceptions_of_several_kinds() -> None:
    """A modifier takes a list, a list in brackets is one, ``exists`` needs no value."""
    entry = ExceptionEntry(
        name="e",
        line=1,
        fields=("a.b", "c.d", "e.f"),
        comps=("startswith oneof", "in", "exists"),
        values=(("x", "(y, z)", "ignored"), (("p", "q"), ("r",), "ignored")),
    )

    assert printed(excepted(TREE, [entry])) == (
        "evt.type = open and not (a.b startswith oneof (x) and c.d in (y, z) and e.f exists or "
        "a.b startswith oneof (p, q) and c.d in (r) and e.f exists)"
    )


def test_an_exception_without_values_changes_nothing() -> None:
    assert excepted(TREE, [ExceptionEntry(name="e", line=1, fields=("a.b",))]) is TREE


@pytest.mark.parametrize("comp", ["nearly", "in oneof", ">= oneof", "oneof", "= oneof of"])
def test_unknown_comps_are_refused(comp: str) -> None:
    with pytest.raises(ConditionError, match="unknown comp"):
        check_exception(ExceptionEntry(name="e", line=1, fields=("a.b",), comps=(comp,)))


@pytest.mark.parametrize(
    ("text", "value"), [("'a b'", "a b"), ("a b", "a b"), ('"', '"'), ("'a'b", "'a'b")]
)
def test_items_lose_their_quotes(text: str, value: str) -> None:
    assert unquoted(text).value == value
