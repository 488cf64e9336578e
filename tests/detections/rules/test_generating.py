"""Compiled rules answer as interpreted ones, for any conditions and any event."""

from collections.abc import Sequence
from random import Random

from hypothesis import given, settings

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.generating import Hits, added, compiled
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.types import EVENT_TYPES
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.syntax import Condition
from pratique.model.event import Event
from pratique.model.observation import Opened
from tests.makers import happenings, judging

FIELDS = all_fields()


def _plain(conditions: Sequence[Condition], event: Event) -> list[int]:
    read = event_reader(event, FIELDS)
    return [at for at, tree in enumerate(conditions) if interpreted(tree, FIELDS)(read)]


def _never(_: Event) -> Hits:
    return [-1]


@settings(max_examples=300)
@given(judging.seeds)
def test_compiled_rules_answer_as_interpreted_ones(random: Random) -> None:
    """Whatever is folded, merged, ordered or kept, the answer is the same."""
    conditions = [judging.condition(random) for _ in range(4)]
    for _ in range(4):
        event = judging.event(random)
        kind = event.observation.type
        numbered = list(enumerate(conditions))
        judge = compiled(
            numbered, kind, EVENT_TYPES[kind], FIELDS, lambda one: _plain(conditions, one)
        )
        if judge is None and type(event.observation.act) is not EVENT_TYPES[kind]:
            continue  # The detector never asks; see its tests.
        hits = (judge(event) if judge is not None else None) or []
        assert sorted(hits) == _plain(conditions, event)


def test_rules_that_cannot_hold_have_no_function() -> None:
    """A type that no condition is about costs nothing."""
    tree = parse_condition("evt.type = execve and proc.name = sh")

    assert compiled([(0, tree)], "openat", Opened, FIELDS, _never) is None


def test_an_event_with_another_act_is_handed_on() -> None:
    """What the function was not made for is judged by the other."""
    judge = compiled([(0, parse_condition("fd.num >= 0"))], "openat", Opened, FIELDS, _never)

    assert judge is not None
    assert judge(happenings.executed("/bin/sh")) == [-1]


def test_nothing_a_rule_says_becomes_code() -> None:
    """Constants are values, however much they look like Python."""
    evil = "proc.name = 'x' or proc.cmdline contains '\"); raise SystemExit(1) #' or proc.aname[2] = \"__import__('os')\""
    judge = compiled([(0, parse_condition(evil))], "openat", Opened, FIELDS, _never)

    assert judge is not None
    assert judge(happenings.event("openat", Opened("/etc/passwd", fd=3))) is None


def test_a_condition_too_deep_for_the_compiler_is_interpreted() -> None:
    """Slower, not wrong."""
    text = "proc.name = a"
    for at in range(90):
        text = (
            f"not (proc.name = a{at} and not ({text} or proc.pname = b{at}))" if at < 45 else text
        )
    tree = parse_condition(text)
    judge = compiled([(0, tree)], "openat", Opened, FIELDS, _never)
    event = happenings.event("openat", Opened("/x", fd=3))

    assert judge is not None
    assert judge(event) in ([-1], _plain([tree], event), None)


def test_hits_are_gathered() -> None:
    """The first makes the list."""
    assert added(added(None, 3), 1) == [3, 1]
