"""What was not understood is sorted, weighed and never lost on the way."""

import msgspec

from pratique.model.unknown import Stage, Unknown, Weight


def test_an_unknown_weighs_little_unless_said() -> None:
    """Blocking is a decision of the place that met it."""
    unknown = Unknown(stage=Stage.EXTRACT, unit="dpkg", location="x", reason="why")

    assert Weight.COVERAGE is unknown.weight


def test_unknowns_have_one_order_and_survive_a_worker() -> None:
    """They travel between processes as msgpack and are listed the same way every time."""
    one = Unknown(stage=Stage.LAYER, unit="tar", location="a", reason="cut short")
    two = Unknown(stage=Stage.EXTRACT, unit="dpkg", location="b", reason="", weight=Weight.BLOCKING)
    carried = msgspec.msgpack.decode(msgspec.msgpack.encode([one, two]), type=list[Unknown])

    assert [one, two] == carried
    assert sorted([one, two]) == sorted([two, one])
