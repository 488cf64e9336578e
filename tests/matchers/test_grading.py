"""Grade by the publisher first, then by CVSS, and say whose grade it is."""

from pratique.matchers.dpkg import match
from pratique.model.advisory import Advisory, Range
from pratique.model.finding import Finding
from pratique.model.package import PackageType
from pratique.model.severity import Score, Severity
from tests.makers.lookup import DEBIAN, UBUNTU, MemoryLookup, advisory, package, statement

CVE = "CVE-2024-0001"
NINE = Score("nvd", "CVSS:3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
FOUR = Score("nvd", "CVSS:4.0", "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N")
WORD = Score("ubuntu", "vendor", "low", None, Severity.LOW)


def one(*records: Advisory, distro=DEBIAN) -> Finding:
    """Return the only finding in zlib."""
    (finding,) = match(
        package(PackageType.DEB, "zlib", "1"), distro, MemoryLookup(records)
    ).findings
    return finding


def debian(severity: Severity | None = None, **more: object) -> Advisory:
    """Return a record on zlib in Debian."""
    name = str(more.pop("name", CVE))
    return advisory(name, statement("Debian:12", "zlib", Range(), severity=severity), **more)


def test_the_grade_for_the_package_comes_first() -> None:
    """Debian's "unimportant" stands against 9.8 of NVD, which is kept."""
    finding = one(debian(Severity.NEGLIGIBLE, scores=(NINE,)))
    assert (finding.severity, finding.severity_source) == (Severity.NEGLIGIBLE, "debian")
    assert finding.scores[0].value == 9.8


def test_debians_grade_of_another_package_does_not_count() -> None:
    """The record's grade is the worst of all packages; this one is not graded."""
    finding = one(
        debian(severity=None, scores=(NINE,)),
    )
    assert (finding.severity, finding.severity_source) == (Severity.CRITICAL, "nvd")
    about = statement("Debian:12", "zlib", Range())
    other = advisory(CVE, about, severity=Severity.NEGLIGIBLE)
    assert one(other).severity is Severity.UNKNOWN


def test_the_records_own_grade_comes_before_cvss() -> None:
    """Ubuntu's priority low stands against 9.8."""
    about = statement("Ubuntu:22.04:LTS", "zlib", Range())
    finding = one(advisory(CVE, about, severity=Severity.LOW, scores=(NINE, WORD)), distro=UBUNTU)
    assert (finding.severity, finding.severity_source) == (Severity.LOW, "ubuntu")
    assert {score.kind for score in finding.scores} == {"CVSS:3.1", "vendor"}


def test_the_newest_cvss_version_counts() -> None:
    """4.0 before 3.1, whatever the values."""
    finding = one(debian(scores=(NINE, FOUR)))
    assert finding.severity is Severity.MEDIUM
    assert finding.severity_source == "nvd"


def test_the_score_of_an_erratum_is_marked() -> None:
    """It may be that of another flaw of the erratum; a record of the flaw itself beats it."""
    dsa = debian(name="DSA-1-1", upstream=(CVE, "CVE-2024-0002"), scores=(NINE,))
    findings = match(package(PackageType.DEB, "zlib", "1"), DEBIAN, MemoryLookup([dsa])).findings
    assert {finding.severity_source for finding in findings} == {"nvd (worst of an erratum)"}
    findings = match(
        package(PackageType.DEB, "zlib", "1"), DEBIAN, MemoryLookup([dsa, debian(scores=(FOUR,))])
    ).findings
    assert [(f.severity, f.severity_source) for f in findings if f.rule == CVE] == [
        (Severity.MEDIUM, "nvd")
    ]


def test_what_nobody_graded_is_unknown() -> None:
    """Never low, never negligible."""
    finding = one(debian())
    assert (finding.severity, finding.severity_source) == (Severity.UNKNOWN, "")
