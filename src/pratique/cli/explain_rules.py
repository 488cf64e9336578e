"""Say what one of our own rules for behaviour asks for."""

from collections.abc import Iterator
from functools import cache

from pratique.detections.rules.loading import load_default
from pratique.detections.rules.rule import RuleSet
from pratique.detections.rules.showing import described


@cache
def our_rules() -> RuleSet:
    """Return the rules that `pratique watch` runs unless others are named."""
    return load_default()


def rule_words(name: str) -> Iterator[str]:
    """Yield the lines on a rule of ours; nothing where there is none of this name."""
    rules = our_rules()
    for rule in rules.rules:
        if rule.name == name:
            yield from described(rule, rules)
            yield from (f"  see: {one}" for one in rule.references)


def summaries() -> Iterator[tuple[str, str]]:
    """Yield the name of each of our rules and what it tells, in one line."""
    for rule in our_rules().rules:
        yield rule.name, " ".join(rule.desc.split())
