"""Law: a mistake in an expression is told where it stands, before anything is scanned."""

import pytest

from pratique.policy.cel.compiling import VARIABLES, InvalidExpression, compile_expression
from pratique.policy.cel.facts import FIELDS
from pratique.policy.policy import MATCHES, Expression


def at(text: str, line: int = 7, column: int = 17) -> Expression:
    return Expression(text=text, place="p.yaml", line=line, column=column)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("finding.sevrity == 'x'", "p.yaml:7:25: finding has no field 'sevrity'"),
        ("true &&\n finding.?epps.hasValue()", "p.yaml:8:11: finding has no field 'epps'"),
        ("1 +", "p.yaml:7:20: Syntax error"),
        ("size(finding.names)", "p.yaml:7:17: it comes to int, not to true or false"),
        ("nobody == 1", "p.yaml:7:17: undeclared reference to 'nobody'"),
        ("x" * 5000, "p.yaml:7:17: longer than 4096 characters"),
        ("(" * 100 + "true" + ")" * 100, "p.yaml:7:17: "),
    ],
)
def test_the_message_begins_with_the_place(text: str, said: str) -> None:
    with pytest.raises(InvalidExpression) as caught:
        compile_expression(at(text), "finding")
    assert str(caught.value).startswith(said)


def test_the_nearest_field_is_the_hint() -> None:
    with pytest.raises(InvalidExpression) as caught:
        compile_expression(at("image.label.size() > 0"), "image")
    assert caught.value.hint() == "did you mean 'labels'?"


@pytest.mark.parametrize(
    "text",
    [
        '"finding.nothing" == finding.rule',
        "finding.rule == 'x' // finding.nothing",
        "finding.names.exists(n, n.startsWith('GHSA'))",
        "has(finding.epss)",
        "data.?Debian.hasValue() && now > timestamp('2020-01-01T00:00:00Z')",
    ],
)
def test_what_is_right_compiles(text: str) -> None:
    compile_expression(at(text), "finding")


@pytest.mark.parametrize("match", MATCHES)
def test_every_field_may_be_asked_for(match: str) -> None:
    variable = VARIABLES[match][0]
    for field in FIELDS[variable]:
        compile_expression(at(f"has({variable}.{field})"), match)


def test_lists_are_for_rules_on_the_image_only() -> None:
    compile_expression(at("findings.size() > 3"), "image")
    with pytest.raises(InvalidExpression):
        compile_expression(at("findings.size() > 3"), "finding")


def test_a_message_comes_to_text() -> None:
    compile_expression(at("'%s'.format([finding.rule])"), "finding", "STRING")
    with pytest.raises(InvalidExpression):
        compile_expression(at("1 == 1"), "finding", "STRING")
