import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.ci import github_actions
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

SHA = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"


def read(text: str, path: str = ".github/workflows/ci.yml") -> list[tuple[str, str]]:
    found = github_actions.extract_file(layer_file(path, text)).packages
    return [(p.name, p.version) for p in found]


@pytest.mark.parametrize(
    "line",
    [
        "uses: a/b@v4.1.1",
        "- uses: a/b@v4.1.1",
        "-   uses:   'a/b@v4.1.1'",
        '"uses": "a/b@v4.1.1"',
        "- {name: x, uses: a/b@v4.1.1}",
        f"uses: a/b@{SHA} # v4.1.1",
        f"uses: a/b@{SHA} # pin@v4.1.1",
        f"uses: a/b@{SHA} # tag=v4.1.1",
        f"uses: a/b@{SHA} #v4.1.1",
        f"- uses: a/b/sub/dir@{SHA}   # ratchet:a/b@v4.1.1",
    ],
)
def test_every_spelling_of_a_version_is_read(line: str) -> None:
    """As people and their tools write it."""
    assert read(f"jobs:\n  x:\n    steps:\n    {line}\n") == [("a/b", "v4.1.1")]


@pytest.mark.parametrize(
    "line",
    [
        "uses: a/b@main",
        f"uses: a/b@{SHA}",
        f"uses: a/b@{SHA} # latest",
        "uses: ./local",
        "uses: ./local/x@v1",
        "uses: docker://alpine:3.8",
        "uses: a/b",
        "uses: ${{ matrix.action }}@v1",
        "# uses: a/b@v1",
        "other: a/b@v1",
        "run: echo uses: a/b@v1",
    ],
)
def test_what_states_no_version_is_left_out(line: str) -> None:
    """A branch or a bare commit is no version."""
    assert read(f"steps:\n  {line}\n") == []


def test_scripts_are_no_steps() -> None:
    """A block ends where the text is no longer indented under it."""
    text = "steps:\n  - run: |-\n      uses: a/a@v1\n\n      uses: b/b@v1\n  - uses: c/c@v1\n"

    assert read(text) == [("c/c", "v1")]


def test_workflows_of_dependencies_are_not_read() -> None:
    """They are their authors'."""
    path = "srv/node_modules/ms/.github/workflows/ci.yml"

    assert read("uses: a/b@v1\n", path) == []


@given(mutated(*samples("github_actions")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(github_actions, ".github/workflows/ci.yml", content)
