"""A copy that was installed from a commit knows it; any other does not guess."""

import json

import pytest

from pratique.pipelines.own_origin import origin_in, own_origin

COMMIT = "0123456789" * 4


def test_a_git_address_with_its_commit_is_told() -> None:
    text = json.dumps(
        {"url": "https://git.example/p.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}
    )

    assert origin_in(text) == f"https://git.example/p.git@{COMMIT}"


@pytest.mark.parametrize(
    "recorded",
    [
        "",
        "[",
        "{}",
        '{"url": "file:///src", "dir_info": {}}',
        '{"url": "https://git.example/p", "vcs_info": {"vcs": "hg", "commit_id": "1"}}',
        f'{{"url": "https://git.example/$(id)", "vcs_info": {{"vcs": "git", "commit_id": "{COMMIT}"}}}}',
        '{"url": "https://git.example/p", "vcs_info": {"vcs": "git", "commit_id": "main"}}',
    ],
)
def test_anything_else_is_nothing(recorded: str) -> None:
    assert origin_in(recorded) == ""


def test_this_checkout_came_from_no_address() -> None:
    """It is installed from its folder, so nothing is claimed."""
    assert own_origin() == ""
