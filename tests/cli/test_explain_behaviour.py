"""Rules of behaviour, sequences and profiles are explained by name."""

import pytest

from pratique.cli.explain_behaviour import RULES, behaviour_words
from pratique.detections.correlation.built_in import built_in
from pratique.pipelines.learn_baseline import profile_units
from tests.cli.scanning import Run

NAMES = (
    *(name for rules in RULES.values() for name in rules),
    *(sequence.name for sequence in built_in()),
    *profile_units(),
)


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_words(name: str) -> None:
    assert len(" ".join(behaviour_words(name))) > 40


def test_no_name_means_two_things() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_the_command_knows_them(pratique: Run) -> None:
    code, out, _ = pratique("explain", "guessed-then-logged-in")
    assert code == 0
    assert "1. attempts: alerts rules *login*failed* or tagged T1110, 5 of them" in out
    assert "not in the image" in pratique("explain", "drifted-executable")[1]
    assert list(behaviour_words("nothing")) == []
