"""Every check of Compose files keeps what its samples promise: it fires, is silent, and mends."""

import pytest

from pratique.checks.compose.interface import ComposeFault, Sample, scene_of
from pratique.formats.edits import apply_edits
from pratique.kit import registry
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

CHECKS = registry.load("checks.compose")


def samples(kind: str) -> list[object]:
    """Return the samples of all checks as parameters."""
    return [
        pytest.param(name, one, id=f"{name}-{number}")
        for name, module in CHECKS.items()
        for number, one in enumerate(getattr(module, kind))
    ]


def faults(name: str, sample: str | Sample) -> list[ComposeFault]:
    """Return what one check tells of a sample."""
    return list(CHECKS[name].look(scene_of(sample)))


def mended(name: str, text: str) -> str:
    """Return a sample once every fix of a check is made; of edits that stand twice, one is made."""
    edits = {edit for fault in faults(name, text) for edit in fault.edits}
    return apply_edits(text.encode(), edits).decode()


@pytest.mark.parametrize(("name", "one"), samples("BAD"))
def test_it_fires(name: str, one: str | Sample) -> None:
    """What the check is about is found, at a place inside its file."""
    found = faults(name, one)
    contents = scene_of(one).project.contents

    assert found
    for fault in found:
        assert 1 <= fault.line <= contents[fault.file].count(b"\n") + 1
        assert 0 <= fault.start <= fault.end <= len(contents[fault.file])
        assert fault.note
    assert len({(fault.file, fault.line, fault.key) for fault in found}) == len(found)


@pytest.mark.parametrize(("name", "one"), samples("GOOD"))
def test_it_is_silent(name: str, one: str | Sample) -> None:
    """What only looks like it is not told, and the sample is read without a problem."""
    assert faults(name, one) == []
    assert scene_of(one).project.services or "services" not in str(one)


@pytest.mark.parametrize(("name", "pair"), samples("FIXED"))
def test_it_mends(name: str, pair: tuple[str, str]) -> None:
    """The fixes give what the sample says, and the check is silent then."""
    before, after = pair

    assert mended(name, before) == after
    assert faults(name, after) == []


@pytest.mark.parametrize(("name", "one"), samples("BAD"))
def test_every_fix_ends_its_fault(name: str, one: str | Sample) -> None:
    """What a fault of one file offers, made alone, is proof enough that this fault goes."""
    if isinstance(one, Sample):
        one = next(iter(one.files.values())) if len(one.files) == 1 else ""
    for fault in faults(name, one) if one else ():
        if fault.edits:
            after = apply_edits(one.encode(), fault.edits).decode()
            assert fault.key not in {other.key for other in faults(name, after)}
            assert fault.remedy


@pytest.mark.parametrize("name", CHECKS)
def test_it_says_what_it_means(name: str) -> None:
    """Words for `pratique explain`, a title, a grade, and samples of both kinds."""
    module = CHECKS[name]

    assert module.__name__.rpartition(".")[2] == name.replace("-", "_")
    assert module.RULES.keys() == {name}
    assert len(module.RULES[name]) > 120
    assert module.TITLE[0].islower()
    assert isinstance(module.SEVERITY, Severity)
    assert isinstance(module.CONFIDENCE, Confidence)
    assert isinstance(module.ALIASES, tuple)
    assert module.BAD
    assert module.GOOD


def test_no_name_is_used_by_another_folder() -> None:
    """All checks share one name space: loading them together says where two have one name."""
    assert registry.load("checks").keys() >= CHECKS.keys()


def test_no_secret_is_told() -> None:
    """Neither in a note nor in a key, wherever it stands."""
    secret = "not-" + "shown-here-9"
    name = "DB_PASS" + "WORD"
    text = (
        f"include: ['https://ann:{secret}@git.example/x.git']\nservices:\n  web:\n"
        f"    build: https://ann:{secret}@git.example/x.git\n"
        f"    command: app --password {secret}\n    environment:\n      {name}: {secret}\n"
        f"      URL: https://ann:{secret}@x.example\n      ODD: ${{1A:-{secret}}}\n"
    )
    found = [fault for check in CHECKS for fault in faults(check, text)]

    assert len(found) >= 5
    assert not [one for one in found if secret in f"{one.note}{one.key}"]
    assert not [one for one in scene_of(text).project.problems if secret in one.reason]
