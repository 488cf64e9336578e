"""Law: every policy that the documentation shows is read, and its examples hold."""

import re
from pathlib import Path

import pytest

from pratique.policy.examples import try_examples
from pratique.policy.policy_file import read_policy

DOCS = Path(__file__).parents[2] / "docs" / "how-to"
PAGES = ("write-a-policy.md", "grant-an-exception.md")


def blocks(page: str) -> list[str]:
    """Return the YAML blocks of a page; rules alone get the head that they need."""
    found = re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    head = "pratique-policy: 1\nrules:\n"
    return [one if one.startswith("pratique-policy") else head + one for one in found]


@pytest.mark.parametrize("page", PAGES)
def test_the_policies_of_a_page_hold(page: str) -> None:
    found = blocks(page)
    assert found
    for one in found:
        policy = read_policy(one.encode(), page)
        assert [tried.problem for tried in try_examples(policy) if tried.problem] == []
