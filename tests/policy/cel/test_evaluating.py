"""Laws: only true fires; an error, a bomb and an endless search are doubts, and the others stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.model.finding import Finding, FindingKind
from pratique.model.severity import Severity
from pratique.model.verdict import Answer, Mode
from pratique.policy.case import Case
from pratique.policy.cel.evaluating import answers_of, apart
from pratique.policy.cel.facts import FIELDS, finding_facts, image_facts
from pratique.policy.policy import Expression, Policy, UserRule, policy_of
from pratique.policy.profiles import profile
from tests.policy.cases import FRESH, NOW, OPENSSL, flaw, of_kind, subject, verdict


def rule(text: str, match: str = "finding", **more: object) -> UserRule:
    expression = Expression(text=text, place="p", line=1, column=1)
    fields = {"id": "mine", "match": match, "mode": Mode.DENY, "message": "it is so", **more}
    return UserRule(expression=expression, **fields)  # type: ignore[arg-type]


def policy(*rules: UserRule) -> Policy:
    return replace(policy_of(profile("permissive")), rules=rules)


MILD = flaw(Severity.LOW)


def test_a_rule_fires_where_it_is_true() -> None:
    other = flaw(Severity.MEDIUM, id="f2", rule="CVE-2026-0002")
    found = verdict(subject(MILD, other), policy(rule('finding.severity == "low"')))
    reason = found.reasons[0]

    assert found.answer is Answer.DENY
    assert (reason.rule, reason.findings, reason.packages) == ("mine", ("f1",), (OPENSSL.key,))
    assert reason.message == "it is so: CVE-2026-0001 in openssl 3.0.11-1 (fixed in 3.0.12-1)"


def test_an_error_is_undecided_never_true_or_false() -> None:
    found = verdict(subject(MILD), policy(rule("finding.epss > 0.5")))
    reason = found.reasons[0]

    assert found.answer is Answer.UNDECIDED
    assert (reason.rule, reason.mode) == ("mine", None)
    assert "epss" in reason.message


@pytest.mark.parametrize(
    "text",
    [
        "finding.line / 0 == 1",
        "finding.rule > 3",
        "finding.rule",
        "finding.kev.days > 3.0",
        "ip(finding.rule).isLoopback()",
    ],
)
@pytest.mark.parametrize("mode", list(Mode))
def test_no_failed_expression_allows(text: str, mode: Mode) -> None:
    assert not verdict(subject(MILD), policy(rule(text, mode=mode))).answer.passes


def test_a_rule_that_asks_for_gigabytes_is_a_doubt_and_the_next_stands() -> None:
    text = "'aaaaaaaaaa'"
    for depth in range(9):
        text = f"cel.bind(x{depth}, {text}, " + "+".join([f"x{depth}"] * 10) + ")"
    bomb = rule(f"({text}).size() > 3", "image", id="bomb")
    found = verdict(subject(), policy(bomb, rule("image.user == '1000'", "image")))

    assert [(one.rule, one.answer) for one in found.reasons] == [
        ("mine", Answer.DENY),
        ("bomb", Answer.UNDECIDED),
    ]
    assert "memory" in found.reasons[1].message


def test_a_process_that_dies_is_a_doubt() -> None:
    import os
    import signal

    def die() -> "list[object]":  # type: ignore[type-arg]
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    answers, problem = apart(die)  # type: ignore[arg-type]
    assert answers == []
    assert problem


def test_nested_loops_end_at_the_budget() -> None:
    loop = "true"
    for name in "abcdefgh":
        loop = f"[1,2,3,4,5,6,7,8,9,10].all({name}, {loop})"
    found = verdict(subject(), policy(rule(loop, "image")))

    assert found.answer is Answer.UNDECIDED
    assert "budget" in found.reasons[0].message


def test_here_and_apart_give_the_same() -> None:
    facts = [{"finding": {"line": number}} for number in range(5)]
    one = rule("5 / finding.line > 1")
    assert apart(lambda: answers_of(one, facts)) == (list(answers_of(one, facts)), "")


def test_a_message_of_its_own_is_one_bounded_line() -> None:
    worded = Expression(text="finding.rule + '\\n\\n' + 'x y'", place="p", line=1, column=1)
    found = verdict(subject(MILD), policy(rule("true", message_expression=worded)))
    assert found.reasons[0].message == "CVE-2026-0001 x y"


def test_a_message_that_fails_falls_back() -> None:
    worded = Expression(text="finding.vex_status", place="p", line=1, column=1)
    found = verdict(subject(MILD), policy(rule("true", message_expression=worded)))
    assert found.reasons[0].message.startswith("it is so")


@pytest.mark.parametrize(
    ("match", "text"),
    [
        ("package", 'pkg.name == "openssl" && pkg.type == "deb"'),
        ("image", 'packages.exists(p, p.name == "openssl") && findings.size() == 1'),
        ("image", "image.layers == 1 && has(image.digest) && !has(image.base)"),
        ("image", 'image.signature.state == "unknown" && data.Debian.present'),
        ("finding", 'pkg.name == finding.package && finding.fix.version == "3.0.12-1"'),
        ("finding", "finding.fix.age_days > 300.0 && !has(finding.in_use)"),
        ("finding", 'now > timestamp("2026-01-01T00:00:00Z")'),
    ],
)
def test_evidence_is_offered(match: str, text: str) -> None:
    assert verdict(subject(MILD), policy(rule(text, match))).answer is Answer.DENY


def test_hostile_text_is_only_text() -> None:
    nasty = flaw(Severity.LOW, title="\udcff\x00" + "x" * 100_000)
    found = verdict(subject(nasty), policy(rule("finding.title.size() == 8192")))
    assert found.answer is Answer.DENY


@settings(deadline=None, max_examples=50)
@given(
    st.builds(
        Finding,
        id=st.just("a"),
        kind=st.sampled_from(list(FindingKind)),
        rule=st.text(max_size=20),
        severity=st.sampled_from(list(Severity)),
        title=st.text(max_size=20),
        published=st.sampled_from(["", "2020-01-01", "?"]),
        line=st.integers(0, 1 << 40),
    )
)
def test_every_fact_is_a_documented_field_and_can_be_evaluated(finding: Finding) -> None:
    case = Case(subject=subject(finding), findings=(finding,), data=(FRESH,), now=NOW)
    facts = finding_facts(finding, case)

    assert facts.keys() <= FIELDS["finding"].keys()
    assert image_facts(case).keys() <= FIELDS["image"].keys()
    (answer,) = answers_of(rule("finding.size() > 5"), [{"finding": facts}])
    assert answer.problem == ""


def test_malware_is_still_malware_under_a_policy_of_ones_own() -> None:
    found = verdict(subject(of_kind(FindingKind.MALWARE)), policy(rule("false")))
    assert found.answer is Answer.DENY
