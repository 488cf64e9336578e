"""List the packages that rules_jvm_external pinned."""

import pytest
from hypothesis import given

from pratique.extractors.java import maven_install
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

INSTALL = b"""{"artifacts": {
"g:a": {"version": "1", "shasums": {"jar": "0"}}, "g:b:aar": {"version": "2"},
"g:c:jar:sources": {"version": "3"}, "g:d": {"shasums": {"full": "0"}, "version": "4"}},
"dependencies": {"g:a": ["g:b:aar", "g:absent"], "g:d:jar:full": ["g:a"], "g:gone": ["g:a"]}}"""


def _extract(content: bytes, path: str = "maven_install.json") -> Extraction:
    return maven_install.extract_file(layer_file(path, content))


def test_packagings_are_one_package_and_sources_none() -> None:
    """Dependencies are those of the same file, a classifier's are its package's."""
    found = _extract(INSTALL)

    assert [(one.name, one.version, one.depends) for one in found.packages] == [
        ("g:a", "1", ("g:b",)),
        ("g:b", "2", ()),
        ("g:d", "4", ("g:a",)),
    ]
    assert found.unknowns == ()


def test_nothing_pinned_is_not_an_error() -> None:
    """A repository without artifacts has such a file too."""
    assert _extract(b'{"artifacts": {}, "version": "2"}') == Extraction()
    assert _extract(b'{"dependency_tree": {"dependencies": []}}') == Extraction()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"artifacts": []}'])
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


def test_what_is_no_coordinate_is_told() -> None:
    """The others stand."""
    found = _extract(b'{"artifacts": {"x": {"version": "1"}, "g:a": {"version": "1"}}}')

    assert [one.name for one in found.packages] == ["g:a"]
    assert len(found.unknowns) == 1


def test_the_file_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(INSTALL, "a/node_modules/b/maven_install.json") == Extraction()


@given(mutated(INSTALL))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
