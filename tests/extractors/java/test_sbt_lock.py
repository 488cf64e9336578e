"""List the packages that sbt locked."""

import pytest
from hypothesis import given

from pratique.extractors.java import sbt_lock
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

LOCK = b"""{"lockVersion": 1, "dependencies": [
{"org": "g", "name": "run", "version": "1", "configurations": ["compile", "test"]},
{"org": "g", "name": "test", "version": "1", "configurations": ["test", "scalafix"]},
{"org": "g", "name": "option", "version": "1", "configurations": ["optional"]},
{"org": "g", "name": "unsaid", "version": "1"}]}"""


def _extract(content: bytes, path: str = "build.sbt.lock") -> Extraction:
    return sbt_lock.extract_file(layer_file(path, content))


def test_configurations_give_the_scope() -> None:
    """What nothing is said of is for running."""
    assert {one.name: one.scope for one in _extract(LOCK).packages} == {
        "g:run": Scope.RUNTIME,
        "g:test": Scope.DEVELOPMENT,
        "g:option": Scope.OPTIONAL,
        "g:unsaid": Scope.RUNTIME,
    }


@pytest.mark.parametrize("content", [b"", b"[]", b'{"lockVersion": 2}', b'{"dependencies": []}'])
def test_another_version_or_document_is_refused(content: bytes) -> None:
    """Not read by guessing."""
    with pytest.raises(FormatError):
        _extract(content)


def test_the_lock_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(LOCK, "a/node_modules/b/build.sbt.lock") == Extraction()


@given(mutated(LOCK))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
