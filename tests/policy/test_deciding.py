"""Laws: the gravest reason prevails, more evidence of harm never helps, and doubt never allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.advisory import Exploited
from pratique.model.digest import sha256_of
from pratique.model.finding import Confidence, Finding, FindingKind, Fix, FixState
from pratique.model.package import LayerRef
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.model.verdict import Answer, Verdict
from pratique.policy.profiles import PROFILES
from pratique.policy.rules import ROOT
from tests.policy.cases import BLOCKING, FRESH, aged, flaw, of_kind, subject, verdict

KEV = Exploited(added="2026-02-01", due="2026-02-22")
NO_FIX = Fix(state=FixState.NOT_FIXED)
LAYER = LayerRef(index=1, blob=sha256_of(b"l"), diff_id=sha256_of(b"l"))

findings = st.builds(
    Finding,
    id=st.sampled_from(["a", "b", "c"]),
    kind=st.sampled_from(list(FindingKind)),
    rule=st.sampled_from(["CVE-1", "CVE-2", "some-rule"]),
    severity=st.sampled_from(list(Severity)),
    confidence=st.sampled_from(list(Confidence)),
    exploited=st.sampled_from([None, KEV]),
    published=st.sampled_from(["", "2026-11-20", "2020-01-01", "no date"]),
    fix=st.sampled_from([NO_FIX, Fix(state=FixState.FIXED, version="2")]),
    hidden_by=st.sampled_from([None, LAYER]),
)
unknowns = st.builds(
    Unknown,
    stage=st.sampled_from(list(Stage)),
    unit=st.sampled_from(["dpkg", "wheel", "package_lock", "matching", "secret", "x-y"]),
    location=st.sampled_from(["usr/x", "deb", "generic", "Debian", "Vendor"]),
    reason=st.just("because"),
    weight=st.sampled_from(list(Weight)),
)
profiles = st.sampled_from(sorted(PROFILES))


def rules(found: Verdict, answer: Answer) -> list[str]:
    """Return the rules that speak for an answer."""
    return [one.rule for one in found.reasons if one.answer is answer]


@given(st.lists(findings, max_size=5), findings, st.lists(unknowns, max_size=3), profiles)
def test_one_more_finding_is_never_milder(
    found: list[Finding], more: Finding, unread: list[Unknown], name: str
) -> None:
    before = verdict(subject(*found, unknowns=tuple(unread)), name)
    after = verdict(subject(*found, more, unknowns=tuple(unread)), name)

    assert after.answer.rank >= before.answer.rank


@given(st.lists(findings, max_size=3), st.lists(unknowns, max_size=5), unknowns, profiles)
def test_one_more_unknown_is_never_milder(
    found: list[Finding], unread: list[Unknown], more: Unknown, name: str
) -> None:
    before = verdict(subject(*found, unknowns=tuple(unread)), name)
    after = verdict(subject(*found, unknowns=(*unread, more)), name)

    assert after.answer.rank >= before.answer.rank


@given(st.lists(findings, max_size=5), st.lists(unknowns, max_size=5))
def test_a_stricter_profile_is_never_milder(found: list[Finding], unread: list[Unknown]) -> None:
    one = subject(*found, unknowns=tuple(unread))
    ranks = [verdict(one, name).answer.rank for name in ("permissive", "baseline", "strict")]

    assert ranks == sorted(ranks)


@given(st.lists(findings, max_size=5), profiles)
def test_what_cannot_be_read_never_passes(found: list[Finding], name: str) -> None:
    assert not verdict(subject(*found, unknowns=(BLOCKING,)), name).answer.passes


def test_a_deny_stands_whatever_else_is_unknown() -> None:
    malware = of_kind(FindingKind.MALWARE)
    assert verdict(subject(malware, unknowns=(BLOCKING,))).answer is Answer.DENY


@pytest.mark.parametrize(
    ("finding", "answers"),
    [
        (of_kind(FindingKind.MALWARE), "deny deny deny"),
        (of_kind(FindingKind.MALWARE, confidence=Confidence.LOW), "allow warn deny"),
        (flaw(exploited=KEV), "deny deny deny"),
        (flaw(Severity.LOW, exploited=KEV), "deny deny deny"),
        (flaw(exploited=KEV, fix=NO_FIX), "warn deny deny"),
        (flaw(), "warn deny deny"),
        (flaw(published="2026-11-15"), "allow warn deny"),
        (flaw(published=""), "warn deny deny"),
        (flaw(Severity.HIGH), "allow warn deny"),
        (flaw(fix=NO_FIX), "allow warn warn"),
        (flaw(fix=Fix(state=FixState.FIXED, version="2", offer="Pro")), "allow warn warn"),
        (flaw(Severity.MEDIUM), "allow allow allow"),
        (flaw(Severity.UNKNOWN), "allow warn undecided"),
        (flaw(confidence=Confidence.LOW), "allow warn warn"),
        (of_kind(FindingKind.SECRET), "warn deny deny"),
        (of_kind(FindingKind.SECRET, hidden_by=LAYER), "warn deny deny"),
        (of_kind(FindingKind.SECRET, confidence=Confidence.MEDIUM), "allow warn warn"),
        (of_kind(FindingKind.SECRET, confidence=Confidence.LOW), "allow allow warn"),
        (of_kind(FindingKind.TAMPER), "warn warn deny"),
        (of_kind(FindingKind.TAMPER, severity=Severity.LOW), "allow warn warn"),
        (of_kind(FindingKind.END_OF_LIFE), "allow warn deny"),
        (of_kind(FindingKind.CONFIG), "allow warn deny"),
        (of_kind(FindingKind.CONFIG, severity=Severity.MEDIUM), "allow allow warn"),
        (of_kind(FindingKind.CONFIG, severity=Severity.LOW), "allow allow allow"),
        (of_kind(FindingKind.CONFIG, rule=ROOT, severity=Severity.MEDIUM), "allow allow deny"),
        (of_kind(FindingKind.CONFIG, rule=ROOT, severity=Severity.LOW), "allow allow allow"),
        (of_kind(FindingKind.LICENCE), "allow warn deny"),
    ],
)
def test_what_each_profile_makes_of_one_finding(finding: Finding, answers: str) -> None:
    said = [verdict(subject(finding), name).answer.value for name in PROFILES]
    assert " ".join(said) == answers


def test_data_that_are_missing_old_or_stand_still_are_doubts() -> None:
    def reasons(*data: object) -> list[str]:
        return [one.rule for one in verdict(subject(), data=data).reasons]

    from msgspec.structs import replace

    assert reasons(FRESH) == []
    assert reasons(replace(FRESH, present=False)) == ["missing-advisory-data"]
    assert reasons(aged(8)) == ["stale-advisory-data"]
    assert reasons(replace(FRESH, built="")) == ["stale-advisory-data"]
    assert reasons(replace(FRESH, newest="2025-01-01")) == ["stagnant-advisory-data"]
    assert reasons(replace(FRESH, newest="2025-01-01", advisories=10)) == []


def test_old_data_leave_undecided_not_allowed() -> None:
    assert verdict(subject(), data=(aged(8),)).answer is Answer.UNDECIDED


def test_an_image_without_fault_is_allowed_without_a_reason() -> None:
    found = verdict(subject())
    assert (found.answer, found.reasons) == (Answer.ALLOW, ())


def test_a_reason_names_what_it_rests_on() -> None:
    from pratique.model.finding import Evidence

    said = Evidence(advisory="DSA-1", feed="osv", ecosystem="Debian:12")
    (reason,) = verdict(subject(flaw(evidence=(said,)))).reasons

    assert reason.findings == ("f1",)
    assert reason.packages == ("pkg:deb/debian/openssl@3.0.11-1",)
    assert [(one.ecosystem, one.newest[:10]) for one in reason.data] == [("Debian", "2026-11-21")]
    assert reason.message == (
        "1 finding: critical, and a fix has been there for longer than the grace period: "
        "CVE-2026-0001 in openssl 3.0.11-1 (fixed in 3.0.12-1)"
    )


def test_a_scanner_that_was_left_out_is_told() -> None:
    found = verdict(subject(), scanners=frozenset({"vuln"}))
    assert rules(found, Answer.WARN) == ["scanner-left-out"]


def test_what_is_only_declared_does_not_forbid() -> None:
    from msgspec.structs import replace

    from tests.policy.cases import OPENSSL

    one = subject(flaw(), packages=(replace(OPENSSL, declared=True),))
    assert rules(verdict(one), Answer.WARN) == ["doubtful-severe-flaw"]


def test_an_exploited_flaw_that_the_publisher_calls_negligible_is_a_warning() -> None:
    """The list of exploited flaws names the flaw, not the package; a fix that is there counts."""
    from pratique.model.advisory import Exploited, FixState
    from pratique.model.finding import Fix

    open_fix = Fix(state=FixState.NOT_FIXED)

    def said(severity: Severity, **more: object) -> list[str]:
        told = flaw(severity, exploited=Exploited(added="2023-10-10"), **more)
        return [
            one.rule for one in verdict(subject(told)).reasons if one.answer is not Answer.ALLOW
        ]

    assert said(Severity.NEGLIGIBLE, fix=open_fix) == ["doubtful-severe-flaw"]
    assert said(Severity.NEGLIGIBLE) == ["exploited-flaw-with-fix"]
    assert said(Severity.MEDIUM, fix=open_fix) == ["exploited-flaw-without-fix"]
    assert said(Severity.UNKNOWN, fix=open_fix) == ["exploited-flaw-without-fix"]
