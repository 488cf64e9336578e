"""Every profile allows what its baseline holds, and is safe against hostile names."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.merging import normal
from pratique.detections.baseline.profiles.interface import Unit
from pratique.formats.documents.value import Value
from pratique.formats.documents.yaml import parse_yaml
from pratique.kit import registry
from pratique.model.baseline import Baseline, Destination, ProcessSeen
from tests.makers.baselines import WEB_BASELINE, baselines

UNITS: Mapping[str, Unit] = registry.load("detections.baseline.profiles")  # type: ignore[assignment]
HOSTILE = '/x\n---\nkind: "Evil" $(id) `id` \'\\ {a} \x1b[31m\u202e\u2028,'


def test_there_is_a_unit_for_each_kind() -> None:
    assert set(UNITS) == {
        *("apparmor", "capabilities", "mounts", "network-policy", "run-flags", "seccomp"),
        "security-context",
    }


@pytest.mark.parametrize("name", sorted(UNITS))
@given(one=st.one_of(baselines, st.just(WEB_BASELINE)))
def test_what_the_baseline_holds_is_allowed(name: str, one: Baseline) -> None:
    one = normal(one)
    for kind in Kind:
        for value in getattr(one, kind.value):
            assert UNITS[name].refuses(one, Fact(kind, value)) == ""


@pytest.mark.parametrize("name", sorted(UNITS))
@given(word=st.one_of(st.just(HOSTILE), st.text(max_size=30)))
def test_no_name_breaks_out(name: str, word: str) -> None:
    """A hostile name adds no line, no key and no flag; what it is part of stays in its quotes."""
    path = "/srv/" + word.replace("/", "_") + "/x"
    hostile = replace(
        WEB_BASELINE,
        workload=word or "x",
        processes=(ProcessSeen(path), ProcessSeen("/bin/sh")),
        libraries=(path,),
        writes=(path,),
        destinations=(Destination(word or "x", 443),),
    )
    harmless = replace(
        hostile,
        workload="w",
        processes=(ProcessSeen("/srv/a/x"), ProcessSeen("/bin/sh")),
        libraries=("/srv/a/x",),
        writes=("/srv/a/x",),
        destinations=(Destination("a.example.org", 443),),
    )
    unit = UNITS[name]
    found, wanted = unit.write(hostile).text, unit.write(harmless).text
    if unit.SUFFIX.endswith(".yaml"):
        assert _shape(parse_yaml(found.encode())).keys() <= _shape(
            parse_yaml(wanted.encode())
        ).keys() | {"metadata.namespace"}
    if name != "run-flags":
        lines = len(wanted.splitlines())
        assert abs(len(found.split("\n")) - 1 - lines) <= 1 + lines * ("*" in word)
        assert all(char.isprintable() or char == "\n" for char in found)


@pytest.mark.parametrize("name", sorted(UNITS))
def test_profiles_are_repeatable(name: str) -> None:
    assert UNITS[name].write(WEB_BASELINE) == UNITS[name].write(WEB_BASELINE)


def _shape(value: Value, at: str = "") -> dict[str, bool]:
    if isinstance(value, dict):
        below = [_shape(one, f"{at}.{key}".strip(".")) for key, one in value.items()]
        return {path: True for one in below for path in one} | {at: True}
    if isinstance(value, list):
        return {path: True for one in value for path in _shape(one, at)} | {at: True}
    return {at: True}
