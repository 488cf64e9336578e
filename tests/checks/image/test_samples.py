"""Every check of images keeps what its samples promise: it fires where they say and is else silent."""

import pytest

from pratique.checks.image.interface import Sample, sample
from pratique.kit import registry
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from tests.makers.checked import checked, rules_of

CHECKS = {
    name: module
    for name, module in registry.load("checks").items()
    if module.__name__.startswith("pratique.checks.image.")
}


def samples(kind: str) -> list[object]:
    """Return the samples of all checks as parameters."""
    return [
        pytest.param(name, one, id=f"{name}-{number}")
        for name, module in CHECKS.items()
        for number, one in enumerate(getattr(module, kind))
    ]


@pytest.mark.parametrize(("name", "one"), samples("FIRES"))
def test_it_fires(name: str, one: Sample) -> None:
    """What the check is about is found, and by its own rule."""
    assert name in rules_of(one)


@pytest.mark.parametrize(("name", "one"), samples("SILENT"))
def test_it_is_silent(name: str, one: Sample) -> None:
    """What only looks like it is not told, and nothing stays unknown."""
    found = checked(one)

    assert name not in {finding.rule for finding in found.findings}
    assert found.unknowns == ()


def test_a_sound_image_shows_nothing() -> None:
    """The config that samples start from, with a program and the files a program needs."""
    layer = (
        ("etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\napp:x:65532:65532::/:/sbin/nologin\n"),
        ("etc/group", "root:x:0:\napp:x:65532:\n"),
        ("usr/bin/app", "program"),
    )
    assert rules_of(sample(layer)) == set()


@pytest.mark.parametrize("name", CHECKS)
def test_it_says_what_it_means(name: str) -> None:
    """Words for `pratique explain`, a title, a grade, and samples of both kinds."""
    module = CHECKS[name]
    assert module.__name__.rpartition(".")[2] == name.replace("-", "_")
    assert module.RULES.keys() == {name}
    assert len(module.RULES[name]) > 150
    assert module.TITLE
    assert module.TITLE[0].islower()
    assert isinstance(module.SEVERITY, Severity)
    assert module.SEVERITY is not Severity.UNKNOWN
    assert isinstance(module.CONFIDENCE, Confidence)
    assert isinstance(module.ALIASES, tuple)
    assert module.FIRES
    assert module.SILENT
