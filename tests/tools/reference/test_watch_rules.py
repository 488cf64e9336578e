"""The page of our rules for behaviour has every rule, and counts what is counted truly."""

from pathlib import Path

from pratique.cli.explain_rules import our_rules
from pratique.pipelines.load_rules import load_rules
from tools.reference.watch_rules import CONTAINERS, FALCO, counted, pages


def test_every_rule_has_a_section_and_its_techniques() -> None:
    """What an alert names is found."""
    text = pages()["docs/reference/watch-rules.md"]

    for rule in our_rules().rules:
        assert f"\n## {rule.name}\n" in text
        assert f"(#{rule.name})" in text
    assert all(f"[{one}](" in text for one in CONTAINERS)


def test_falcos_column_counts_falcos_rules(shared: Path) -> None:
    """It stands in the table as numbers, because their files are not ours to ship."""
    rules = load_rules((shared / "fixtures/falco-rules",)).rules

    assert len(rules) == 93
    assert counted(rules) == FALCO


def test_our_column_counts_ours() -> None:
    """More techniques of the matrix than Falco's rules are tagged with."""
    assert len(counted(our_rules().rules)) > len(FALCO)
