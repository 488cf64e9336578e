"""Every check of Dockerfiles keeps what its samples promise: it fires, is silent, and mends."""

from itertools import pairwise

import pytest

from pratique.checks.dockerfile.interface import Fault, Sample, scene_of
from pratique.formats.dockerfile.parsing import parse
from pratique.formats.edits import apply_edits
from pratique.kit import registry
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

CHECKS = registry.load("checks.dockerfile")


def samples(kind: str) -> list[object]:
    """Return the samples of all checks as parameters."""
    return [
        pytest.param(name, one, id=f"{name}-{number}")
        for name, module in CHECKS.items()
        for number, one in enumerate(getattr(module, kind, ()))
    ]


def faults(name: str, sample: str | Sample) -> list[Fault]:
    """Return what one check tells of a sample."""
    return list(CHECKS[name].look(scene_of(sample)))


def mended(name: str, text: str) -> str:
    """Return a sample once every fix of a check is made; of edits that stand twice, one is made."""
    edits = {edit for fault in faults(name, text) for edit in fault.edits}
    return apply_edits(text.encode(), edits).decode()


@pytest.mark.parametrize(("name", "one"), samples("BAD"))
def test_it_fires(name: str, one: str | Sample) -> None:
    """What the check is about is found, at a place inside the file."""
    found = faults(name, one)
    size = len((one.text if isinstance(one, Sample) else one).encode())

    assert found
    for fault in found:
        assert fault.line >= 1
        assert 0 <= fault.start <= fault.end <= size
        assert fault.note


@pytest.mark.parametrize(("name", "one"), samples("GOOD"))
def test_it_is_silent(name: str, one: str | Sample) -> None:
    """What only looks like it is not told."""
    assert faults(name, one) == []


@pytest.mark.parametrize(("name", "pair"), samples("FIXED"))
def test_it_mends(name: str, pair: tuple[str, str]) -> None:
    """The fixes give what the sample says, the check is silent then, and nothing breaks."""
    before, after = pair

    assert mended(name, before) == after
    assert faults(name, after) == []
    assert len(parse(after.encode()).problems) <= len(parse(before.encode()).problems)


@pytest.mark.parametrize("name", CHECKS)
def test_it_says_what_it_means(name: str) -> None:
    """Words for `pratique explain`, a title, a grade, and samples of both kinds."""
    module = CHECKS[name]

    assert module.__name__.rpartition(".")[2] == name.replace("-", "_")
    assert module.RULES.keys() == {name}
    assert len(module.RULES[name]) > 120
    assert module.TITLE
    assert not module.TITLE.endswith(".")
    assert isinstance(module.SEVERITY, Severity)
    assert isinstance(module.CONFIDENCE, Confidence)
    assert module.BAD
    assert module.GOOD


def test_no_alias_leads_to_two_checks() -> None:
    """An id of hadolint names one check of ours: whoever ignores it means that one."""
    ids = sorted(
        alias for one in CHECKS.values() for alias in one.ALIASES if alias.startswith("DL")
    )

    assert [one for one, other in pairwise(ids) if one == other] == []


@pytest.mark.parametrize("name", [n for n, one in CHECKS.items() if hasattr(one, "EFFECT")])
def test_an_effect_is_that_of_a_fix(name: str) -> None:
    """Who announces what a build may change has fixes, and no glob that no path can match."""
    effect = CHECKS[name].EFFECT

    assert isinstance(effect, Effect)
    assert CHECKS[name].FIXED
    for glob in (*effect.added, *effect.removed, *effect.changed):
        assert not glob.startswith("/")
    assert effect != Effect()
