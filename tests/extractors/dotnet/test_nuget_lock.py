"""List the packages that NuGet locked."""

import pytest
from hypothesis import given

from pratique.extractors.dotnet import nuget_lock
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

LOCK = b"""\xef\xbb\xbf{"version": 1, "dependencies": {
"net8.0": {"A": {"type": "Direct", "resolved": "1.0", "dependencies": {"b": "2.0"}},
 "B": {"type": "Transitive", "resolved": "2.0"}, "own": {"type": "Project"}},
"net472": {"a": {"type": "Direct", "resolved": "1.0"}, "B": {"type": "Transitive", "resolved": "1.9"},
 "broken": {"type": "Direct"}}}}"""


def _extract(content: bytes, path: str = "packages.lock.json") -> Extraction:
    return nuget_lock.extract_file(layer_file(path, content))


def test_frameworks_are_read_together() -> None:
    """Names ignore case; a version for each framework; one without a version is told."""
    found = _extract(LOCK)

    assert [(one.name, one.version, one.depends) for one in found.packages] == [
        ("A", "1.0", ("B",)),
        ("B", "1.9", ()),
        ("B", "2.0", ()),
    ]
    assert len(found.unknowns) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"version": 1}', b'{"version": 1, "dependencies": []}']
)
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


def test_the_lock_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(LOCK, "a/node_modules/b/packages.lock.json") == Extraction()


@given(mutated(LOCK))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
