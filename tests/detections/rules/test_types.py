"""The event types of a condition are never too few."""

from random import Random

import pytest
from hypothesis import given, settings

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.types import ALL, EVENT_TYPES, NONE, Types, types_of
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.kernel_events.calls import TYPES
from tests.makers import judging

FIELDS = all_fields()


@settings(max_examples=200)
@given(judging.seeds)
def test_an_event_of_another_type_never_fires(random: Random) -> None:
    """Whatever else it holds."""
    names = ("evt.type", "syscall.type", "evt.type", "evt.num", "proc.name", "fd.num")
    conditions = [judging.condition(random, names) for _ in range(5)]
    event = judging.event(random)
    read = event_reader(event, FIELDS)
    for tree in conditions:
        if interpreted(tree, FIELDS)(read):
            assert event.observation.type in types_of(tree)


@pytest.mark.parametrize(
    ("condition", "names", "all_but"),
    [
        ("evt.type = open", {"open"}, False),
        ("evt.type in (open, creat) and evt.type != creat", {"open"}, False),
        ("not evt.type in (open, creat)", {"open", "creat"}, True),
        ("evt.type = open or proc.name = x", set(), True),
        ("not (not evt.type = open or proc.name = x)", {"open"}, False),
        ("evt.type = open and evt.type = creat", set(), False),
        ("evt.num < 0 or evt.type = open", {"open"}, False),
        ("evt.type startswith o", set(), True),
        ("evt.type exists", set(), True),
    ],
)
def test_types_follow_from_the_condition(condition: str, names: set[str], all_but: bool) -> None:
    """And, or and not are those of sets."""
    assert types_of(parse_condition(condition)) == Types(frozenset(names), all_but=all_but)


def test_types_are_a_set() -> None:
    """Union, cut and complement, also of what is everything but."""
    some, other = Types(frozenset("ab"), all_but=False), Types(frozenset("b"))

    assert some & other == Types(frozenset("a"), all_but=False)
    assert some | other == ALL
    assert ~ALL == NONE
    assert not NONE
    assert "a" in some
    assert "b" not in other


def test_every_type_that_the_kernel_tells_has_its_act() -> None:
    """A type without one would be interpreted, which is slow; ``mmap`` is told as ``mmap_exec``."""
    assert set(TYPES.values()) - set(EVENT_TYPES) <= {"mmap"}
