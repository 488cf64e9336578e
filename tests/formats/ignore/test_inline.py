"""Comments that silence checks are read as the tools that have them read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.ignore.inline import Reach, read_check, read_comment


@pytest.mark.parametrize(
    ("text", "names", "reach", "reason", "tool"),
    [
        ("hadolint ignore=DL3008,DL3015", ("DL3008", "DL3015"), Reach.NEXT, "", "hadolint"),
        ("hadolint ignore = DL3008 , SC1 # why", ("DL3008", "SC1"), Reach.NEXT, "why", "hadolint"),
        ("hadolint global ignore=DL3003", ("DL3003",), Reach.FILE, "", "hadolint"),
        ("hadolint stage ignore=DL3003", ("DL3003",), Reach.STAGE, "", "hadolint"),
        ("pratique ignore=sudo-in-run -- base", ("sudo-in-run",), Reach.NEXT, "base", "pratique"),
        ("trivy:ignore:AVD-DS-0002", ("AVD-DS-0002",), Reach.NEXT, "", "trivy"),
        ("checkov:skip=CKV_DOCKER_2: none", ("CKV_DOCKER_2",), Reach.FILE, "none", "checkov"),
    ],
)
def test_each_form(text: str, names: tuple[str, ...], reach: Reach, reason: str, tool: str):
    """Names, how far it reaches, and why."""
    said = read_comment(text, 7)

    assert said is not None
    assert (said.names, said.reach, said.reason) == (names, reach, reason)
    assert (said.tool, said.line) == (tool, 7)


def test_trivy_says_until_when():
    """``exp:`` ends it."""
    said = read_comment("trivy:ignore:DS-0002 exp:2030-01-01", 1)

    assert said is not None
    assert said.until == "2030-01-01"


@pytest.mark.parametrize(
    "text",
    ["hadolint shell=powershell", "we hadolint ignore=DL3008", "ignore=DL3008", "", "pratique"],
)
def test_other_comments_say_nothing(text: str):
    """A sentence that holds the words is no such comment."""
    assert read_comment(text, 1) is None


def test_the_directive_of_buildkit():
    """``skip`` lists rules or all; ``error`` alone skips nothing."""
    said = read_check("error=true; skip=all", 2)

    assert said is not None
    assert (said.names, said.reach) == (("all",), Reach.FILE)
    assert read_check("error=true", 1) is None


@given(st.text(max_size=200))
def test_any_comment_is_read(text: str):
    """Nothing raises, whatever stands there."""
    for said in (
        read_comment(text, 1),
        read_comment(f"hadolint ignore={text}", 1),
        read_check(text, 1),
    ):
        assert said is None or said.names
