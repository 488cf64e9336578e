"""Hold one rule."""

from pratique.formats.ignore.rule import EVERY_KIND, IgnoreFile, IgnoreRule
from pratique.model.finding import FindingKind


def test_a_rule_says_nothing_it_was_not_told() -> None:
    """Every condition is empty until it is set."""
    rule = IgnoreRule(place="f:1", kinds=EVERY_KIND)
    assert not any((rule.names, rule.purls, rule.paths, rule.package, rule.expires))
    assert IgnoreFile().rules == ()
    assert set(EVERY_KIND) == set(FindingKind)
