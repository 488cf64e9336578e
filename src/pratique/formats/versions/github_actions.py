"""
Order versions of GitHub Actions.

Law: semantic versions, as the GitHub Advisory Database compares them. A workflow may also name a
branch, a commit or a moving tag: ``v4`` is whatever release of 4 is newest, so ``validate`` takes
three numbers and nothing less. Source:
https://docs.github.com/actions/reference/workflow-syntax-for-github-actions ("jobs.<id>.steps[*].uses").
"""

from pratique.formats.versions import semver
from pratique.formats.versions._text import refusal

NAME = "github_actions"


def sort_key(version: str) -> tuple[semver.Numbers, int, semver.Identifiers]:
    """
    Return the key of a version.

    Raises:
        FormatError: not a semantic version.

    >>> sort_key("v41.0.0") < sort_key("46.0.1")
    True
    """
    return semver.sort_key(version)


def validate(version: str) -> None:
    """
    Accept whole releases only.

    Raises:
        FormatError: a branch, a commit, or a tag that moves.
    """
    numbers = version.removeprefix("v").partition("-")[0].partition("+")[0]
    if len(numbers.split(".")) < 3:
        raise refusal(version, NAME)
    semver.sort_key(version)
