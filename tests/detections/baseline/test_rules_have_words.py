"""Every alert that a baseline raises is a rule with words."""

from pratique.detections.baseline import detector
from pratique.detections.baseline.facts import Kind


def test_every_kind_has_a_rule_with_words() -> None:
    assert {rule for rule, *_ in detector._KINDS.values()} == set(detector.RULES)
    assert set(detector._KINDS) == set(Kind)
