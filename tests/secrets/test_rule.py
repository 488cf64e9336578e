"""Laws: the fingerprint covers all that changes a result; the value is the group that is meant."""

from msgspec.structs import replace

from pratique.secrets.connections import URL
from pratique.secrets.rule import Rule, fingerprint_of


def test_the_fingerprint_covers_what_changes_a_result():
    kinds = [
        URL,
        replace(URL, pattern=URL.pattern + b"x"),
        replace(URL, entropy=1.0),
        replace(URL, near=(b"a",)),
        replace(URL, paths=("a",)),
        replace(URL, title="another"),
    ]
    rules = [(Rule(kind=kind),) for kind in kinds]
    rules += [
        (Rule(kind=URL, settings="a"),),
        (Rule(kind=URL, not_in=(".py",)),),
        (Rule(kind=URL, groups=1),),
    ]
    assert len({fingerprint_of(one) for one in rules}) == len(rules)


def test_the_value_is_the_group_that_is_meant():
    kind = replace(URL, pattern=rb"(a)?(b)(?P<secret>c)")
    spans = []
    for groups in (-1, 0, 2):
        rule = Rule(kind=kind, groups=groups)
        match = rule.expression.search(b"bc")
        spans.append(rule.span(match))
    assert spans == [(1, 2), (0, 1), (0, 1)]
