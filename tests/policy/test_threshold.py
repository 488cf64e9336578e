"""The threshold law: unknown is never a pass, a finding over the line always fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.policy.threshold import Outcome, answer, decide

BLOCKING = Unknown(
    stage=Stage.EXTRACT, unit="dpkg", location="x", reason="cut short", weight=Weight.BLOCKING
)
COVERAGE = Unknown(stage=Stage.ADVISORY, unit="osv", location="Fedora", reason="no data")


def finding(severity: Severity, **more: object) -> Finding:
    fields = {"id": "f", "kind": FindingKind.VULNERABILITY, "rule": "CVE-1", **more}
    return Finding(severity=severity, **fields)  # type: ignore[arg-type]


GRADED = [s for s in Severity if s is not Severity.UNKNOWN]


@pytest.mark.parametrize("threshold", GRADED)
@pytest.mark.parametrize("severity", GRADED)
def test_fails_exactly_from_the_threshold_up(threshold: Severity, severity: Severity) -> None:
    """A graded finding fails if and only if it is as severe as the threshold or more."""
    outcome = decide([finding(severity)], [], threshold).outcome

    assert (outcome is Outcome.FAIL) == (severity.rank >= threshold.rank)
    assert outcome in (Outcome.FAIL, Outcome.PASS)


def test_unknown_severity_with_a_threshold_is_undecided() -> None:
    """Nobody graded it, so nobody can say that it is below the line."""
    decision = decide([finding(Severity.UNKNOWN)], [], Severity.CRITICAL)

    assert decision.outcome is Outcome.UNDECIDED
    assert decision.reasons == ("1 finding has no known severity",)


def test_unknown_severity_without_a_threshold_passes() -> None:
    """A bare scan decides nothing about severities."""
    assert decide([finding(Severity.UNKNOWN)], [], None).outcome is Outcome.PASS


@given(st.sampled_from([None, *GRADED]))
def test_a_blocking_unknown_is_never_a_pass(threshold: Severity | None) -> None:
    """What could not be read may hide anything."""
    assert decide([], [BLOCKING], threshold).outcome is Outcome.UNDECIDED


def test_a_finding_over_the_line_fails_even_when_incomplete() -> None:
    """What was found stands, whatever was not looked at."""
    assert decide([finding(Severity.HIGH)], [BLOCKING], Severity.HIGH).outcome is Outcome.FAIL


def test_coverage_unknowns_do_not_block_a_bare_scan() -> None:
    """They are shown, and weigh only where a policy says so."""
    assert decide([], [COVERAGE], Severity.LOW).outcome is Outcome.PASS


def test_suppressed_findings_and_end_of_life_do_not_count() -> None:
    """Only live, graded kinds are compared with the threshold."""
    findings = [
        finding(Severity.CRITICAL, suppressed="not affected: vendor"),
        finding(Severity.CRITICAL, kind=FindingKind.END_OF_LIFE),
    ]

    assert decide(findings, [], Severity.LOW).outcome is Outcome.PASS


def subject(*findings: Finding, unknowns: tuple[Unknown, ...] = ()) -> Subject:
    return Subject(kind=SubjectKind.IMAGE, target="x", findings=findings, unknowns=unknowns)


def test_the_gravest_subject_speaks_for_the_report() -> None:
    """One platform that fails fails the run; one that is undecided leaves it undecided."""
    clean, bad = subject(), subject(finding(Severity.HIGH))
    doubtful = subject(unknowns=(BLOCKING,))

    assert answer([clean, doubtful, bad], Severity.HIGH)[0] == "fail"
    assert answer([clean, doubtful], Severity.HIGH) == ("undecided", ("x: cut short",))
    assert answer([clean], Severity.HIGH) == ("pass", ())


def test_a_bare_scan_has_no_outcome_unless_it_is_undecided() -> None:
    """Nothing was asked, so "pass" would sound like a clearance."""
    assert answer([subject(finding(Severity.CRITICAL))], None) == ("", ())
    assert answer([subject(unknowns=(BLOCKING,))], None)[0] == "undecided"
    assert answer([], None) == ("", ())


def test_a_pass_with_gaps_says_so() -> None:
    """What was not looked at may hold a finding: the pass carries that as its reason."""
    assert decide([], [], Severity.LOW).reasons == ()
    assert decide([], [COVERAGE], Severity.LOW).reasons == ("1 thing was not looked at",)
    whole, partly = subject(), subject(unknowns=(COVERAGE,))
    assert answer([partly, whole], Severity.LOW) == ("pass", ("1 thing was not looked at",))


def test_a_judgement_that_rests_on_nothing_is_undecided() -> None:
    """No package was compared with anything, so nobody can say that none is as bad as that."""
    decision = decide([], [COVERAGE], Severity.HIGH, "why")

    assert (decision.outcome, decision.reasons) == (Outcome.UNDECIDED, ("why",))
    assert decide([finding(Severity.HIGH)], [], Severity.HIGH, "why").outcome is Outcome.FAIL
    assert decide([], [COVERAGE], None, "why").outcome is Outcome.PASS


def test_one_unchecked_subject_leaves_the_report_undecided() -> None:
    """The others do not vouch for it, whichever comes first."""
    both = [subject(), subject()]

    assert answer(both, Severity.HIGH, ["", "why"]) == ("undecided", ("why",))
    assert answer(both, Severity.HIGH, ["why", ""]) == ("undecided", ("why",))
    assert answer(both, None, ["why", "why"]) == ("", ())
