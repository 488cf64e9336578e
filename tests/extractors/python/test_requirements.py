"""List what requirements files pin."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import requirements
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def _pins(text: str, path: str = "srv/requirements.txt") -> list[tuple[str, str]]:
    found = requirements.extract_file(layer_file(path, text))
    return [(one.name, one.version) for one in found.packages]


def test_a_pin_is_one_whole_version() -> None:
    """Ranges, prefixes, exclusions and bare names pin nothing."""
    text = "a==1\nb===2\nc==3.*\nd>=4\ne~=5\nf!=6\ng\nh[x,y] == 1.0 , >=0.9 ; python_version<'3'\n"

    assert _pins(text) == [("a", "1"), ("b", "2"), ("h", "1.0")]


def test_options_and_other_files_are_passed_over() -> None:
    """They are no requirements; what they name is found by itself."""
    options = "-r base.txt\n-e .\n-c c.txt\n" + "--index" + "-url https://x/\n"
    text = options + "a==${V}\nb==1 --hash=sha256:0\n"

    found = requirements.extract_file(layer_file("srv/requirements.txt", text))

    assert [one.name for one in found.packages] == ["b"]
    assert found.unknowns == ()


def test_lines_are_continued_and_commented_as_pip_does() -> None:
    """A backslash continues; a comment needs a blank before it."""
    assert _pins("a==1 \\\n  --hash=sha256:0 \\\n  --hash=sha256:1\n# x\nb==2 # y\n") == [
        ("a", "1"),
        ("b", "2"),
    ]


def test_what_is_no_requirement_is_counted() -> None:
    """Prose, templates and versions no tool accepts are not passed over in silence."""
    text = "a==1\nsome prose here\n{% if x %}\nb==1.0#comment\n"

    found = requirements.extract_file(layer_file("srv/requirements.txt", text))

    assert len(found.packages) == 1
    assert found.unknowns[0].reason.startswith("3 entries")


def test_the_source_of_a_page_is_none() -> None:
    """Sphinx puts the text of a page on requirements beside it, under nearly that name."""
    page = layer_file(
        "usr/share/doc/a/html/_sources/requirements.rst.txt", "Requirements\n===\na==1\n"
    )
    assert requirements.extract_file(page) == Extraction()


def test_addresses_pin_by_the_name_of_a_wheel() -> None:
    """An archive of sources or a repository names no version."""
    text = (
        "a @ https://x/a-1.0-py3-none-any.whl\nhttps://x/b-2-py3-none-any.whl\n"
        "c @ git+https://x/c.git@1.0\nd @ file:///home/user/d_1/work\n./e-3-cp39-none-any.whl\n"
    )

    assert _pins(text) == [("a", "1.0"), ("b", "2"), ("e", "3")]


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("srv/requirements.txt", Scope.RUNTIME),
        ("srv/requirements-dev.txt", Scope.DEVELOPMENT),
        ("srv/requirements/test.txt", Scope.DEVELOPMENT),
        ("srv/test/requirements.txt", Scope.RUNTIME),
    ],
)
def test_the_name_says_what_it_is_for(path: str, scope: Scope) -> None:
    """Its own words only, not those of its folders."""
    (package,) = requirements.extract_file(layer_file(path, "a==1\n")).packages

    assert package.scope is scope


def test_a_pin_for_another_system_is_optional() -> None:
    """No Linux installs it."""
    (package,) = requirements.extract_file(
        layer_file("requirements.txt", "pywin32==306 ; sys_platform == 'win32'\n")
    ).packages

    assert package.scope is Scope.OPTIONAL


def test_files_of_dependencies_and_of_conda_are_others() -> None:
    """The first say what their authors used; the second are read by conda_explicit."""
    assert _pins("a==1\n", "usr/lib/python3/site-packages/x/requirements.txt") == []
    assert _pins("# This file may be used to create an environment using:\na=1=0\n") == []


def test_a_file_that_is_no_text_is_refused() -> None:
    """Zero bytes stand in no requirements file."""
    with pytest.raises(FormatError, match="not a text file"):
        _pins("a==1\0")


@settings(max_examples=40)
@given(damaged_files("requirements"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(requirements, files)
