"""`pratique explain` and `list` know our own rules for behaviour."""

from pratique.cli.explain_rules import our_rules, rule_words, summaries
from pratique.cli.listing import KINDS
from tests.cli.scanning import Run


def test_every_rule_is_explained_in_words() -> None:
    """What it asks for, its techniques, and where to read on."""
    for rule in our_rules().rules:
        lines = "\n".join(rule_words(rule.name))
        assert "fires when" in lines
        assert all(one in lines for one in rule.references)


def test_a_rule_is_found_by_its_name(pratique: Run) -> None:
    """As an alert names it."""
    code, out, _ = pratique("explain", "reverse-shell")

    assert code == 0
    assert out.startswith("reverse-shell  (Critical)\n")
    assert "https://attack.mitre.org/techniques/T1059/004/" in out


def test_no_rule_is_nothing() -> None:
    """Other things may have the name."""
    assert list(rule_words("dpkg")) == []


def test_each_has_a_line_of_its_own() -> None:
    """For the list; none is called as a kind of unit."""
    named = dict(summaries())

    assert len(named) == len(our_rules().rules)
    assert all("\n" not in words and words.endswith(".") for words in named.values())
    assert not set(named) & set(KINDS)
