"""What a load gave is told apart: rules that run, and those that are only known."""

from msgspec.structs import replace

from pratique.detections.rules.rule import RuleError, RuleSet
from tests.makers.judging import rule_set


def test_an_error_begins_with_its_place() -> None:
    """``file:line:`` as editors read it."""
    error = RuleError("mine.yaml", 7, "unknown macro", hint="see there")

    assert str(error) == "mine.yaml:7: unknown macro"
    assert (error.path, error.line, error.hint()) == ("mine.yaml", 7, "see there")
    assert "rules-language" in RuleError("mine.yaml", 7, "x").hint()


def test_only_enabled_rules_run() -> None:
    """The others are listed all the same."""
    (rule,) = rule_set("evt.type = open").rules
    both = RuleSet(rules=(rule, replace(rule, name="off", enabled=False)))

    assert [one.name for one in both.rules] == ["r0", "off"]
    assert [one.name for one in both.enabled] == ["r0"]
