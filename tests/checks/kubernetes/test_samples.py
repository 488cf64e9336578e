"""Every check of manifests keeps what its samples promise: it fires, is silent, and mends."""

import ast
from pathlib import Path
from types import ModuleType

import pytest

from pratique.checks.kubernetes.interface import Sample, Scene, scene_of
from pratique.formats.edits import apply_edits
from pratique.kit import registry
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

CHECKS: dict[str, ModuleType] = registry.load("checks.kubernetes")
MENDING = {name: module for name, module in CHECKS.items() if hasattr(module, "FIXED")}


def samples(kind: str, among: dict[str, ModuleType] = CHECKS) -> list[object]:
    """Return the samples of checks as parameters."""
    return [
        pytest.param(name, one, id=f"{name}-{number}")
        for name, module in among.items()
        for number, one in enumerate(getattr(module, kind))
    ]


def edits_of(module: ModuleType, scene: Scene) -> list[Edit]:
    """Return all edits of a check, each once."""
    return sorted({edit for fault in module.look(scene) for edit in fault.edits})


def test_there_are_as_many_as_promised() -> None:
    """The issue asks for a hundred."""
    assert len(CHECKS) >= 100


@pytest.mark.parametrize(("name", "one"), samples("BAD"))
def test_it_fires(name: str, one: Sample) -> None:
    """What the check is about is found, at a line and bytes of a file that was read."""
    scene = scene_of(one)
    contents = {manifest.file: manifest.content for manifest in scene.manifests}
    found = list(CHECKS[name].look(scene))

    assert found
    for fault in found:
        assert 0 <= fault.start <= fault.end <= len(contents[fault.file])
        assert fault.line == contents[fault.file].count(b"\n", 0, fault.start) + 1
        assert fault.note
        assert len(fault.note) < 500


@pytest.mark.parametrize(("name", "one"), samples("GOOD"))
def test_it_is_silent(name: str, one: Sample) -> None:
    """What only looks like it is not told, and samples are manifests that can be read."""
    scene = scene_of(one)

    assert list(CHECKS[name].look(scene)) == []
    assert all(manifest.objects and not manifest.problems for manifest in scene.manifests)


@pytest.mark.parametrize(("name", "pair"), samples("FIXED", MENDING))
def test_it_mends(name: str, pair: tuple[str, str]) -> None:
    """All its fixes make exactly the other text, after which it has nothing left to mend."""
    before, after = pair
    edits = edits_of(CHECKS[name], scene_of(before))
    made = apply_edits(before.encode(), edits).decode()

    assert made == after
    assert list(CHECKS[name].look(scene_of(after))) == []


@pytest.mark.parametrize("name", CHECKS)
def test_keys_tell_places_apart(name: str) -> None:
    """Two faults of one file never share their key: findings are known by it."""
    for one in CHECKS[name].BAD:
        keys = [(fault.file, fault.key) for fault in CHECKS[name].look(scene_of(one))]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", CHECKS)
def test_it_says_what_it_means(name: str) -> None:
    """Words for `pratique explain`, a title, a grade, and samples of both kinds."""
    module = CHECKS[name]
    leaf = module.__name__.rpartition(".")[2]
    assert leaf == name.replace("-", "_")
    assert module.RULES.keys() == {name}
    assert len(module.RULES[name]) > 120
    assert module.TITLE[0].islower()
    assert isinstance(module.SEVERITY, Severity)
    assert module.SEVERITY is not Severity.UNKNOWN
    assert isinstance(module.CONFIDENCE, Confidence)
    assert isinstance(module.ALIASES, tuple)
    assert isinstance(module.REFERENCES, tuple)
    assert module.BAD
    assert module.GOOD


def test_a_check_with_edits_shows_what_they_make() -> None:
    """Whoever offers edits has a pair that proves them."""
    offering = {
        name
        for name, module in CHECKS.items()
        if any(
            word.arg == "edits" for word in ast.walk(_tree(module)) if isinstance(word, ast.keyword)
        )
    }

    assert offering == set(MENDING)


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text())
