"""Every tamper sign keeps what its samples promise: it fires where they say and is else silent."""

import pytest

from pratique.kit import registry
from pratique.model.severity import Severity
from pratique.tamper.interface import Sample
from tests.makers.scene import rules_of

SIGNS = registry.load("tamper")


def samples(kind: str) -> list[object]:
    """Return the samples of all signs as parameters."""
    return [
        pytest.param(name, sample, id=f"{name}-{number}")
        for name, module in SIGNS.items()
        for number, sample in enumerate(getattr(module, kind))
    ]


@pytest.mark.parametrize(("name", "sample"), samples("FIRES"))
def test_it_fires(name: str, sample: Sample) -> None:
    """What the sign is about is found, and by its own rule."""
    assert name in rules_of(sample)


@pytest.mark.parametrize(("name", "sample"), samples("SILENT"))
def test_no_sign_fires_on_what_sound_tools_make(name: str, sample: Sample) -> None:
    """A silent sample of one sign is an honest image to all of them."""
    assert rules_of(sample) == set()


@pytest.mark.parametrize("name", SIGNS)
def test_it_says_what_it_means(name: str) -> None:
    """Words for `pratique explain`, a title, a grade, and samples of both kinds."""
    module = SIGNS[name]
    assert module.RULES.keys() == {name}
    assert len(module.RULES[name]) > 200
    assert module.TITLE
    assert module.SEVERITY in (Severity.LOW, Severity.MEDIUM, Severity.HIGH)
    assert module.FIRES
    assert module.SILENT
