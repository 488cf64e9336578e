"""Laws: what a baseline holds does not count again, but malware and new exploitation always do."""

from msgspec.structs import replace

from pratique.model.advisory import Exploited
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.report import SubjectKind
from pratique.model.verdict import Answer, WaiverState
from pratique.policy.judging import Known, known_key
from tests.policy.cases import flaw, of_kind, subject, verdict


def known(*findings: Finding) -> Known:
    return Known(about="old.json", keys=frozenset(map(known_key, findings)) - {""})


def test_a_finding_of_the_baseline_does_not_count() -> None:
    found = verdict(subject(flaw()), known=known(flaw()))
    assert (found.answer, found.accepted, found.baseline) == (Answer.ALLOW, ("f1",), "old.json")


def test_another_version_of_the_package_does_not_make_it_new() -> None:
    before = flaw(package="pkg:deb/debian/openssl@3.0.9-1?arch=amd64#var/lib/dpkg/status")
    assert verdict(subject(flaw()), known=known(before)).answer is Answer.ALLOW


def test_another_flaw_is_new() -> None:
    new = flaw(id="f2", rule="CVE-2026-0002")
    found = verdict(subject(flaw(), new), known=known(flaw()))
    assert (found.answer, found.reasons[0].findings) == (Answer.DENY, ("f2",))


def test_a_flaw_that_became_exploited_is_new() -> None:
    now = flaw(exploited=Exploited(added="2026-11-01"))
    assert verdict(subject(now), known=known(flaw())).answer is Answer.DENY


def test_malware_counts_whatever_the_baseline_holds() -> None:
    bad = of_kind(FindingKind.MALWARE)
    assert verdict(subject(bad), known=known(bad)).answer is Answer.DENY


def test_a_secret_is_told_by_its_fingerprint_where_there_is_one() -> None:
    one = of_kind(FindingKind.SECRET, fingerprint="abc", line=3)
    moved, other = replace(one, location="y", line=9), replace(one, fingerprint="def")
    assert verdict(subject(moved), known=known(one)).answer is Answer.ALLOW
    assert verdict(subject(other), known=known(one)).answer is Answer.DENY


def test_of_a_bill_of_materials_only_flaws_were_looked_for() -> None:
    found = verdict(subject(kind=SubjectKind.SBOM, image=None))
    (reason,) = found.reasons
    assert reason.rule == "scanner-left-out"
    assert "secret" in reason.message


def test_what_an_ignore_file_lets_pass_is_told() -> None:
    hidden = flaw(suppressed="no reason given (.x:3)", suppressed_by=Suppressor.IGNORE_RULE)
    (waiver,) = verdict(subject(hidden)).waivers

    assert (waiver.state, waiver.about) == (WaiverState.APPLIED, "CVE-2026-0001")
    assert (waiver.reason, waiver.findings) == ("no reason given (.x:3)", ("f1",))


def test_evidence_that_rules_a_flaw_out_is_no_waiver() -> None:
    ruled_out = flaw(suppressed="not affected", suppressed_by=Suppressor.VEX)
    assert verdict(subject(ruled_out)).waivers == ()
