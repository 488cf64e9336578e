"""What is left of a condition for one event type holds exactly when the condition does."""

from random import Random

import pytest
from hypothesis import given, settings

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folded, Folder, Term, texts_of
from pratique.detections.rules.interpreting import Reader, event_reader, interpreted
from pratique.detections.rules.types import EVENT_TYPES
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.syntax import Check
from pratique.model.observation import Executed, Opened
from tests.makers import judging

FIELDS = all_fields()


def _holds(folded: Folded, read: Reader) -> bool:
    if isinstance(folded, bool):
        return folded
    if folded.check is not None:
        return interpreted(folded.check, FIELDS)(read)
    parts = [_holds(part, read) for part in folded.parts]
    return not parts[0] if folded.word == "not" else (all if folded.word == "and" else any)(parts)


@settings(max_examples=200)
@given(judging.seeds)
def test_a_folded_condition_holds_when_the_condition_does(random: Random) -> None:
    """Of every event whose act is the one that its type promises."""
    tree = judging.condition(random)
    for _ in range(3):
        event = judging.event(random)
        kind, act = event.observation.type, type(event.observation.act)
        if act is EVENT_TYPES[kind]:
            read = event_reader(event, FIELDS)
            assert _holds(Folder(kind, act, FIELDS).folded(tree), read) == interpreted(
                tree, FIELDS
            )(read)


@pytest.mark.parametrize(
    ("condition", "folded"),
    [
        ("evt.type = openat", True),
        ("evt.type = open", False),
        ("not evt.type = open", True),
        ("evt.type = open and proc.name = sh", False),
        ("evt.type = openat or proc.name = sh", True),
        ("fd.sip = 10.0.0.1", False),
        ("not fd.sip = 10.0.0.1", True),
        ("proc.name in ()", False),
        ("evt.num < 0", False),
        ("evt.buflen > 5", False),
        ("container.id exists", True),
        ("fd.name = val(fd.l4proto)", False),
    ],
)
def test_what_is_known_before_any_event_is_decided(condition: str, folded: bool) -> None:
    """The type, fields that an open never has, and nothing to compare with."""
    assert Folder("openat", Opened, FIELDS).folded(parse_condition(condition)) is folded


def _folded(condition: str) -> Term:
    found = Folder("openat", Opened, FIELDS).folded(parse_condition(condition))
    assert isinstance(found, Term)
    return found


def test_alternatives_of_one_field_become_one_question() -> None:
    """A set for equality, a tuple for prefixes."""
    found = _folded(
        "proc.name = a or proc.name in (b, c) or fd.name startswith /a or fd.name startswith /b"
    )

    asked = {
        (part.check.operator, tuple(one.value for one in texts_of(part.check)))
        for part in found.parts
        if part.check
    }
    assert asked == {("in", ("a", "b", "c")), ("startswith", ("/a", "/b"))}


def test_equal_parts_are_one_object() -> None:
    """So that a compiler sees what rules share."""
    folder = Folder("openat", Opened, FIELDS)
    first = folder.folded(parse_condition("proc.name = a and fd.name contains x"))
    second = folder.folded(parse_condition("fd.name contains x and user.uid = 0"))

    assert isinstance(first, Term)
    assert isinstance(second, Term)
    assert first.parts[1] is second.parts[0]


def test_what_only_repeats_is_dropped() -> None:
    """``a and (evt.type and a)`` is ``a``."""
    found = _folded("proc.name = a and (evt.type = openat and proc.name = a)")

    assert found.check is not None
    assert isinstance(found.check, Check)


def test_the_same_condition_folds_otherwise_for_another_act() -> None:
    """An execution has no flags of an open."""
    tree = parse_condition("evt.is_open_write = true")

    assert Folder("execve", Executed, FIELDS).folded(tree) is False
    assert isinstance(Folder("openat", Opened, FIELDS).folded(tree), Term)
