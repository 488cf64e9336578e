from msgspec.structs import replace

from pratique.model.advisory import FixState
from pratique.model.finding import Evidence, FindingKind, Fix
from pratique.model.package import PackageType
from pratique.model.severity import Severity
from pratique.reports._upgrades import ungraded_upgrades, urgent_upgrades
from tests.makers import report as made

CURL = made.PACKAGES[1]


def test_binaries_of_one_source_are_one_upgrade():
    """libssl3 and openssl are upgraded together."""
    names = [upgrade.name for upgrade in urgent_upgrades(made.findings(), made.PACKAGES)]
    assert names == ["openssl", "curl"]


def test_the_highest_fix_by_the_ecosystems_order():
    """The target ends all findings: 10 is after 9 and after 9~rc."""
    fixes = ("7.9-1", "7.10-1", "7.10~rc1-1")
    findings = [made.finding(f"CVE-{fix}", CURL, Severity.HIGH, fix) for fix in fixes]
    (upgrade,) = urgent_upgrades(findings, [CURL])
    assert upgrade.fixes == ("7.10-1",)


def test_without_an_order_every_fix_is_named():
    """Where versions cannot be compared nothing is guessed."""
    nowhere = (Evidence(advisory="x", feed="x", ecosystem="Nowhere"),)
    findings = [
        made.finding(f"CVE-{fix}", CURL, Severity.HIGH, fix, evidence=nowhere) for fix in ("b", "a")
    ]
    (upgrade,) = urgent_upgrades(findings, [CURL])
    assert upgrade.fixes == ("a", "b")


def test_malware_comes_before_everything():
    """A malicious package is removed before anything is upgraded."""
    bad = made.finding("MAL-2026-1", CURL, Severity.UNKNOWN, kind=FindingKind.MALWARE)
    first, *_ = urgent_upgrades([*made.findings(), bad], made.PACKAGES)
    assert (first.name, first.malicious) == ("curl", True)


def test_source_versions_are_compared_with_source_fixes():
    """A rebuilt binary shows the version its fixes are given for."""
    rebuilt = replace(CURL, version="7.88.1-10+b1", source_version="7.88.1-10")
    finding = made.finding("CVE-1", rebuilt, Severity.HIGH, "7.88.1-11")
    assert urgent_upgrades([finding], [rebuilt])[0].installed == "7.88.1-10"


def test_paid_fixes_are_kept_apart():
    """What everybody gets and what customers of an offer get are two targets."""
    paid = Fix(state=FixState.FIXED, version="9+esm1", offer="Ubuntu Pro")
    findings = [
        made.finding("CVE-1", CURL, Severity.HIGH, "8"),
        replace(made.finding("CVE-2", CURL, Severity.HIGH), fix=paid),
    ]
    (upgrade,) = urgent_upgrades(findings, [CURL])
    assert (upgrade.fixes, upgrade.paid, upgrade.offer) == (("8",), ("9+esm1",), "Ubuntu Pro")
    (upgrade,) = urgent_upgrades(findings[1:], [CURL])
    assert (upgrade.fixes, upgrade.paid) == ((), ("9+esm1",))


def test_findings_without_their_package_still_count():
    """An SBOM or a cut report may lack the package; the finding's own words are used."""
    assert urgent_upgrades(made.findings()[:1], [])[0].name == "libssl3"


def test_ungraded_fixes_are_offered_apart():
    """Flaws nobody graded are no urgent upgrades, but upgrades."""
    finding = made.finding("CVE-1", CURL, Severity.UNKNOWN, "9")
    assert urgent_upgrades([finding], [CURL]) == []
    assert [one.name for one in ungraded_upgrades([finding], [CURL])] == ["curl"]


def test_a_language_package_is_one_upgrade_wherever_it_lies():
    """Copies of one version are one upgrade with all places; types never share one."""
    npm, other = (
        made.language(PackageType.NPM, "curl", "1.0", f"{place}/package.json") for place in "ab"
    )
    deb = made.PACKAGES[1]
    findings = [
        made.finding("CVE-1", package, Severity.HIGH, "9.9") for package in (npm, other, deb)
    ]
    found = urgent_upgrades(findings, (npm, other, deb))
    assert [(one.name, one.type, one.places) for one in found] == [
        ("curl", "", ()),
        ("curl", "npm", ("a/package.json", "b/package.json")),
    ]
