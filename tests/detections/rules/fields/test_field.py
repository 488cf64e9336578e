"""A field says where its value comes from, for each act."""

from pratique.detections.rules.fields.field import (
    PARTS,
    Field,
    Kind,
    Source,
    field,
    missing,
    or_none,
)
from pratique.model.observation import Mapped, Opened
from tests.makers.happenings import WEB, executed


def test_the_source_for_an_act_comes_before_that_for_all() -> None:
    """And an argument has its own."""
    every, opened, argued = Source("p.name"), Source("a.path"), Source("p")
    one = Field(
        name="x.y", kind=Kind.TEXT, doc="d", sources={None: every, Opened: opened}, argued=argued
    )

    assert one.source(Opened, None) is opened
    assert one.source(Mapped, None) is every
    assert one.source(Opened, "1") is argued


def test_a_missing_field_has_no_source_but_a_reason() -> None:
    """It is known, so that rules load."""
    one = missing("x.y", Kind.NUMBER, "d", "not observed")

    assert one.source(Opened, None) is None
    assert one.unavailable == "not observed"
    assert field("x.z", Kind.TEXT, "p.name", "d").source(Opened, None) == Source("p.name")


def test_the_parts_of_an_event_have_letters() -> None:
    """They are what generated functions call them."""
    event = executed("/bin/sh")
    found = {letter: part(event) for letter, part in PARTS.items()}

    assert found == {
        "e": event,
        "o": event.observation,
        "a": event.observation.act,
        "p": event.process,
        "w": WEB,
    }
    assert or_none("") is None
    assert or_none("x") == "x"
