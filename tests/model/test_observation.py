"""Law: an observation goes through a recording and comes back equal, whatever the act."""

import typing

import msgspec
import pytest

from pratique.model import observation as acts
from pratique.model.observation import Act, Duplicated, Observation, Opened

_ACTS = typing.get_args(Act)
_NUMBERS = {int: 7, str: "x", bool: True, bytes: b"x"}


def _filled(kind: type) -> object:
    hints = typing.get_type_hints(kind)
    values = [
        _NUMBERS[hints[name]] if hints[name] in _NUMBERS else _sequence(hints[name])
        for name in kind.__struct_fields__  # type: ignore[attr-defined]
    ]
    return kind(*values)


def _sequence(hint: object) -> object:
    if hint == tuple[str, ...]:
        return ("a", "b")
    return (1, 2) if hint == tuple[int, ...] else Opened("/etc/passwd", 1)


@pytest.mark.parametrize("kind", _ACTS, ids=lambda kind: kind.__name__)
def test_every_act_survives_a_recording(kind: type) -> None:
    seen = Observation("openat", _filled(kind), 5, 6, sequence=9)  # type: ignore[arg-type]
    written = msgspec.msgpack.encode(seen)
    assert msgspec.msgpack.decode(written, type=Observation) == seen


def test_every_shape_of_the_module_is_an_act() -> None:
    shapes = {
        value
        for value in vars(acts).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct)
    } - {msgspec.Struct, Observation}
    assert shapes == set(_ACTS)


def test_what_a_copied_descriptor_stands_for_is_kept() -> None:
    act = Duplicated(3, 1, Opened("/dev/tcp", 2))
    again = msgspec.json.decode(msgspec.json.encode(act), type=Duplicated)
    assert again.file == Opened("/dev/tcp", 2)
