import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.ruby import gemfile_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def test_dependencies_are_those_in_the_file() -> None:
    """Marks of a source behind a name are cut; a git gem is the gem of that name."""
    text = (
        "GIT\n  remote: https://github.com/a/b\n  revision: 1\n  specs:\n    b (1.0.0.pre)\n      rack!\n\n"
        "GEM\n  remote: https://rubygems.org/\n  specs:\n    rack (2.2.3-java)\n\nDEPENDENCIES\n  b!\n"
    )
    found = gemfile_lock.extract_file(layer_file("srv/Gemfile.lock", text)).packages

    assert [(p.name, p.version, p.depends) for p in found] == [
        ("b", "1.0.0.pre", ("rack",)),
        ("rack", "2.2.3", ()),
    ]


def test_windows_line_ends_are_read() -> None:
    """A lock file made there is the same lock file."""
    text = "GEM\r\n  remote: x\r\n  specs:\r\n    rack (2.2.3)\r\n"
    found = gemfile_lock.extract_file(layer_file("srv/Gemfile.lock", text)).packages

    assert [p.version for p in found] == ["2.2.3"]


@pytest.mark.parametrize("text", ["hello\n", "<<<<<<< HEAD\nGEM\n  specs:\n    a (1)\n>>>>>>> x\n"])
def test_other_files_and_unresolved_merges_are_format_errors(text: str) -> None:
    """Two sides of a merge are not one list of gems."""
    with pytest.raises(FormatError):
        gemfile_lock.extract_file(layer_file("srv/Gemfile.lock", text))


@given(mutated(*samples("gemfile_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(gemfile_lock, "srv/Gemfile.lock", content)
