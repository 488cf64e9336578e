"""Law: every kind has one id, a rule, a bound and keywords."""

from pratique.secrets import key_stores
from pratique.secrets.rules import all_kinds, all_rules


def test_ids_are_unique_and_sorted():
    names = [kind.id for kind in all_kinds()]
    assert names == sorted(set(names))


def test_every_kind_has_a_rule_and_every_rule_a_kind():
    in_text = {kind.id for kind in all_kinds()} - {kind.id for kind in key_stores.KINDS}
    assert {rule.kind.id for rule in all_rules()} == in_text


def test_every_rule_is_bounded_and_has_keywords():
    for rule in all_rules():
        assert rule.shape.width, rule.kind.id
        assert rule.kind.keywords, rule.kind.id
