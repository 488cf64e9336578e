"""Fields are found by name, each once, and every one says what it is."""

from random import Random

import pytest

from pratique.detections.rules.fields.field import PARTS, Field, Kind, Takes
from pratique.detections.rules.fields.registry import CLASSES, all_fields, resolved
from pratique.detections.rules.interpreting import event_reader
from pratique.formats.falco.lexing import FIELD
from pratique.formats.falco.syntax import FieldRef
from tests.makers import judging

KEYS: dict[Takes, list[str | None]] = {
    Takes.NOTHING: [None],
    Takes.INDEX: [None, "1", "99"],
    Takes.KEY: [None, "a"],
}


def test_no_name_is_taken_twice() -> None:
    """Two fields of one name would hide each other."""
    assert len(all_fields()) == sum(map(len, CLASSES.values()))


@pytest.mark.parametrize("field", all_fields().values(), ids=lambda one: one.name)
def test_a_field_has_a_value_or_a_reason(field: Field) -> None:
    """Its name can be written, and it says in words what it holds."""
    assert FIELD.fullmatch(field.name)
    assert field.doc
    assert bool(field.sources or field.argued) != bool(field.unavailable)
    assert (field.argued is None) == (field.takes is Takes.NOTHING) or field.unavailable


@pytest.mark.parametrize("field", all_fields().values(), ids=lambda one: one.name)
def test_a_field_answers_every_event_with_its_kind_or_nothing(field: Field) -> None:
    """Whatever texts and numbers a hostile recording holds."""
    wanted = {Kind.NUMBER: int, Kind.BOOL: bool}.get(field.kind, str)
    for seed in range(150):
        read = event_reader(judging.event(Random(seed)), all_fields())
        for key in KEYS.get(field.takes, ["flags", "0", "a", "path"]):
            value = read(FieldRef(field.name, key), False)
            several = value if isinstance(value, tuple) else (value,)
            assert all(one is None or isinstance(one, wanted) for one in several)


def test_the_older_way_to_write_an_argument_is_known() -> None:
    """``evt.arg.flags`` is ``evt.arg[flags]``."""
    dotted, bracketed = resolved(FieldRef("evt.arg.flags")), resolved(FieldRef("evt.arg", "flags"))

    assert dotted == bracketed
    assert resolved(FieldRef("proc.nothing")) is None
    assert resolved(FieldRef("evt.arg.flags", "x")) is None
    assert resolved(FieldRef("proc.name"), {}) is None


@pytest.mark.parametrize(
    "field",
    [one for one in all_fields().values() if any(told.text for told in one.sources.values())],
    ids=lambda one: one.name,
)
def test_what_a_field_is_in_python_answers_as_its_call(field: Field) -> None:
    """A compiled rule has the text where an interpreted one has the call."""
    compared = 0
    for seed in range(600):
        event = judging.event(Random(seed))
        source = field.source(type(event.observation.act), None)
        letters = {letter: read(event) for letter, read in PARTS.items()}
        if source is None or not source.text or letters[source.of[0]] is None:
            continue
        assert source.call is not None
        value = eval(source.of, letters.copy())
        assert eval(source.text.format(source.of), letters.copy()) == source.call(value)
        compared += 1

    assert compared
