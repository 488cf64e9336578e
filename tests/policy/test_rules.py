"""Laws: names are unique and name the bad thing; every kind of finding is met by exactly one rule."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pratique.model.advisory import Exploited
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.severity import Severity
from pratique.policy.case import Case
from pratique.policy.rules import ROOT, RULES
from tests.policy.cases import FRESH, NOW, flaw, subject

TWICE = {"exploited-flaw-with-fix", "exploited-flaw-without-fix"}
"""They speak of flaws that another rule may speak of by their severity."""


def test_names_are_unique_and_written_alike() -> None:
    names = [one.name for one in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


@given(
    st.sampled_from(list(FindingKind)),
    st.sampled_from(list(Severity)),
    st.sampled_from(list(Confidence)),
    st.booleans(),
    st.booleans(),
    st.sampled_from([ROOT, "CVE-2026-0001"]),
)
def test_no_finding_is_passed_over(
    kind: FindingKind,
    severity: Severity,
    confidence: Confidence,
    exploited: bool,
    fixed: bool,
    rule: str,
) -> None:
    """But a mild licence, and a flaw that nobody graded, which is a doubt where it has a fix."""
    fix = {} if fixed else {"fix": Finding(id="", kind=kind, rule="").fix}
    finding = flaw(
        severity,
        kind=kind,
        confidence=confidence,
        rule=rule,
        exploited=Exploited(added="2026-01-01") if exploited else None,
        **fix,
    )
    case = Case(subject=subject(finding), findings=(finding,), data=(FRESH,), now=NOW)
    met = [one.name for one in RULES if one.fires(finding, case) and one.name not in TWICE]
    ungraded = kind is FindingKind.VULNERABILITY and severity is Severity.UNKNOWN
    mild = severity.rank < Severity.HIGH.rank
    silent = kind is FindingKind.LICENCE and mild
    flawed = kind is FindingKind.VULNERABILITY and exploited and mild

    if not (ungraded or silent or flawed):
        assert len(met) == 1
    else:
        assert len(met) <= 1
