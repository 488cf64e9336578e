"""Compiled rules answer as interpreted ones, for any conditions and any event."""

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.detections.rules.fields.field import Many
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.generating import Hits, added, compiled
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.remembering import Asked, Memory, Table
from pratique.detections.rules.types import EVENT_TYPES
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.printing import printed
from pratique.formats.falco.syntax import Condition
from pratique.model.event import Ancestor, Event
from pratique.model.observation import Opened
from tests.makers import happenings, judging

FIELDS = all_fields()
SEVERAL = sorted(name for name, field in FIELDS.items() if field.many is not Many.ONE)
"""Fields that hold several values, or match where one of two does: compared in ways of their own."""


def _plain(conditions: Sequence[Condition], event: Event) -> list[int]:
    read = event_reader(event, FIELDS)
    return [at for at, tree in enumerate(conditions) if interpreted(tree, FIELDS)(read)]


def table() -> Table:
    """Return a table that remembers nothing yet."""
    return Memory().table("any")


def _never(_: Event) -> Hits:
    return [-1]


def _agrees(conditions: Sequence[Condition], event: Event) -> bool:
    """Whether a compiled function and the interpreter name the same rules."""
    kind = event.observation.type
    numbered = list(enumerate(conditions))
    judge = compiled(
        numbered, kind, EVENT_TYPES[kind], FIELDS, lambda one: _plain(conditions, one), table()
    )
    if judge is None and type(event.observation.act) is not EVENT_TYPES[kind]:
        return True  # The detector never asks; see its tests.
    hits = (judge(event) if judge is not None else None) or []
    return sorted(hits) == _plain(conditions, event)


@settings(max_examples=300)
@given(judging.seeds)
def test_compiled_rules_answer_as_interpreted_ones(random: Random) -> None:
    """Whatever is folded, merged, ordered or kept, the answer is the same."""
    conditions = [judging.condition(random) for _ in range(3)]
    conditions.append(judging.condition(random, SEVERAL))
    for _ in range(4):
        assert _agrees(conditions, judging.event(random)), list(map(printed, conditions))


@given(judging.seeds)
def test_what_is_remembered_of_a_process_is_what_it_is(random: Random) -> None:
    """Many events of a few processes through one function: none gets the answers of another."""
    named = [
        name for name in FIELDS if name.startswith(("proc.", "pratique.")) and FIELDS[name].sources
    ]
    names = [*named, "fd.name", "evt.rawres", "container.id"]
    conditions = [judging.condition(random, names) for _ in range(6)]
    processes = [judging.event(random).process for _ in range(3)]
    judge = compiled(list(enumerate(conditions)), "openat", Opened, FIELDS, _never, table())
    for _ in range(12):
        event = replace(judging.opened(random), process=random.choice(processes))
        event = replace(event, observation=replace(event.observation, type="openat"))
        hits = (judge(event) if judge is not None else None) or []
        assert sorted(hits) == _plain(conditions, event), list(map(printed, conditions))


def test_a_process_is_asked_once() -> None:
    """What the kernel tells of it stays until it is another one."""
    asked = []

    class Arguments(tuple[str, ...]):
        def __iter__(self) -> Iterator[str]:
            asked.append(1)
            return super().__iter__()

    tree = parse_condition("proc.args contains x or proc.args contains y or fd.name = /z")
    judge = compiled([(0, tree)], "openat", Opened, FIELDS, _never, table())
    assert judge is not None
    who = replace(happenings.process("/bin/cat"), arguments=Arguments(("-x",)))
    event = replace(happenings.event("openat", Opened("/etc/shadow", fd=3)), process=who)

    assert [judge(event) for _ in range(5)] == [[0]] * 5
    assert len(asked) == 1
    assert judge(replace(event, process=happenings.process("/bin/cat"))) is None


def test_an_answer_counts_for_whom_was_asked() -> None:
    """Whatever stands under the identity of a process: another one's answer is none of its own."""
    tree = parse_condition("proc.args contains x or proc.args contains y")
    known = table()
    judge = compiled([(0, tree)], "openat", Opened, FIELDS, _never, known)
    assert judge is not None
    other = replace(happenings.process("/bin/cat"), arguments=("-n",))
    who = replace(happenings.process("/bin/cat"), arguments=("-x",))
    event = replace(happenings.event("openat", Opened("/etc/shadow", fd=3)), process=who)
    for gone in (Asked(other), Asked(replace(other))):
        known[id(who)] = [gone, False]

        assert judge(event) == [0]
        assert judge(event) == [0]


@pytest.mark.parametrize(
    "text",
    [
        "proc.aname startswith xx or proc.aname startswith ngi",
        "proc.aname in (xx, nginx)",
        "not fd.sip != 10.0.0.1",
        "container.privileged != true",
    ],
)
def test_what_is_missing_or_several_is_answered_as_interpreted(text: str) -> None:
    """An open of a process with two ancestors, outside of any container: no address, no answer."""
    parents = tuple(happenings.process(path, pid) for path, pid in (("/bin/sh", 2), ("/nginx", 3)))
    ancestors = tuple(Ancestor(one.pid, one.name) for one in parents)
    who = replace(happenings.process("/bin/cat"), ancestors=ancestors)
    event = replace(happenings.event("openat", Opened("/etc/shadow", fd=3)), process=who)

    assert _agrees([parse_condition(text)], replace(event, workload=None))


def test_rules_that_cannot_hold_have_no_function() -> None:
    """A type that no condition is about costs nothing."""
    tree = parse_condition("evt.type = execve and proc.name = sh")

    assert compiled([(0, tree)], "openat", Opened, FIELDS, _never, table()) is None


def test_an_event_with_another_act_is_handed_on() -> None:
    """What the function was not made for is judged by the other."""
    judge = compiled(
        [(0, parse_condition("fd.num >= 0"))], "openat", Opened, FIELDS, _never, table()
    )

    assert judge is not None
    assert judge(happenings.executed("/bin/sh")) == [-1]


def test_nothing_a_rule_says_becomes_code() -> None:
    """Constants are values, however much they look like Python."""
    evil = "proc.name = 'x' or proc.cmdline contains '\"); raise SystemExit(1) #' or proc.aname[2] = \"__import__('os')\""
    judge = compiled([(0, parse_condition(evil))], "openat", Opened, FIELDS, _never, table())

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
    judge = compiled([(0, tree)], "openat", Opened, FIELDS, _never, table())
    event = happenings.event("openat", Opened("/x", fd=3))

    assert judge is not None
    assert judge(event) in ([-1], _plain([tree], event), None)


def test_hits_are_gathered() -> None:
    """The first makes the list."""
    assert added(added(None, 3), 1) == [3, 1]
