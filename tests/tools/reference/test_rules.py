"""The page of rules has every rule, in the words that `explain` prints."""

from pratique.cli.explain import rules
from tools.reference import rules as page


def test_every_rule_has_its_heading_and_words() -> None:
    """What a report can name as rule is explained on the page."""
    text = page.pages()["docs/reference/rules.md"]

    for rule, words in rules().items():
        assert f"## `{rule}`" in text
        assert words in text
