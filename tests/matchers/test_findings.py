"""Make findings with all that is known of a flaw, and only one for each."""

from pratique.matchers.dpkg import match
from pratique.model.advisory import Range
from pratique.model.digest import Digest
from pratique.model.finding import Confidence, FindingKind
from pratique.model.package import LayerRef, PackageType
from pratique.model.severity import Severity
from tests.makers.lookup import DEBIAN, MemoryLookup, advisory, package, statement

LAYER = LayerRef(index=0, blob=Digest("sha256:" + "a" * 64), diff_id=Digest("sha256:" + "b" * 64))
PACKAGE = package(
    PackageType.DEB,
    "libssl3",
    "3.0.1-1+b1",
    source_name="openssl",
    source_version="3.0.1-1",
    location="var/lib/dpkg/status",
    layer=LAYER,
)
HERE = statement("Debian:12", "openssl", Range(fixed="3.0.1-2"))


def test_a_finding_quotes_its_evidence() -> None:
    """Where, in which layer, by whose word, by which comparison, and what ends it."""
    record = advisory(
        "CVE-2024-0001",
        HERE,
        title="Hole",
        description="A hole.",
        cwes=("CWE-79",),
        references=("https://example.org/x",),
        published="2024-01-01T00:00:00Z",
        modified="2024-02-01T00:00:00Z",
    )
    (finding,) = match(PACKAGE, DEBIAN, MemoryLookup([record])).findings
    assert (finding.rule, finding.kind) == ("CVE-2024-0001", FindingKind.VULNERABILITY)
    assert (finding.package, finding.location, finding.layer) == (
        PACKAGE.key,
        "var/lib/dpkg/status",
        LAYER,
    )
    assert (finding.title, finding.description, finding.cwes) == ("Hole", "A hole.", ("CWE-79",))
    (evidence,) = finding.evidence
    assert (evidence.ecosystem, evidence.name) == ("Debian:12", "openssl")
    assert evidence.event == "introduced 0, fixed 3.0.1-2"
    assert evidence.comparison == "3.0.1-1 < 3.0.1-2 (dpkg order)"
    assert finding.references == (evidence.url, "https://example.org/x")
    assert finding.confidence is Confidence.HIGH


def test_the_id_depends_on_kind_rule_and_package_only() -> None:
    """More evidence or another severity leaves the id as it is."""
    plain = match(PACKAGE, DEBIAN, MemoryLookup([advisory("CVE-2024-0001", HERE)]))
    more = advisory("CVE-2024-0001", HERE, title="x", severity=Severity.HIGH, feed="tracker")
    richer = match(PACKAGE, DEBIAN, MemoryLookup([advisory("CVE-2024-0001", HERE), more]))
    assert plain.findings[0].id == richer.findings[0].id
    assert len(richer.findings[0].evidence) == 2


def test_an_erratum_makes_one_finding_per_flaw() -> None:
    """A DSA for two CVEs is two findings, each with the DSA as evidence and one name."""
    dsa = advisory("DSA-1-1", HERE, upstream=("CVE-2024-0001", "CVE-2024-0002"), title="openssl")
    findings = match(PACKAGE, DEBIAN, MemoryLookup([dsa])).findings
    assert [(one.rule, one.names) for one in findings] == [
        ("CVE-2024-0001", ("CVE-2024-0001",)),
        ("CVE-2024-0002", ("CVE-2024-0002",)),
    ]
    assert {one.evidence[0].advisory for one in findings} == {"DSA-1-1"}


def test_aliases_are_one_finding_with_all_names() -> None:
    """GHSA and PYSEC of one CVE merge; the CVE is the rule."""
    records = [
        advisory("CVE-2024-0001", HERE),
        advisory("GHSA-x", HERE, aliases=("CVE-2024-0001",)),
        advisory("PYSEC-1", HERE, aliases=("GHSA-x",)),
    ]
    (finding,) = match(PACKAGE, DEBIAN, MemoryLookup(records)).findings
    assert finding.names == ("CVE-2024-0001", "GHSA-x", "PYSEC-1")
    assert len(finding.evidence) == 3


def test_malicious_packages_are_malware() -> None:
    """A MAL record is no vulnerability, and critical unless somebody graded it."""
    (finding,) = match(
        PACKAGE, DEBIAN, MemoryLookup([advisory("MAL-1", HERE, malicious=True)])
    ).findings
    assert (finding.kind, finding.severity) == (FindingKind.MALWARE, Severity.CRITICAL)


def test_withdrawn_records_make_nothing() -> None:
    """The publisher has taken it back."""
    record = advisory("CVE-2024-0001", HERE, withdrawn="2024-01-01")
    assert match(PACKAGE, DEBIAN, MemoryLookup([record])).findings == ()


def test_one_statement_for_several_repositories_is_quoted_once() -> None:
    """The same words twice are one evidence."""
    record = advisory("CVE-2024-0001", HERE, HERE)
    (finding,) = match(PACKAGE, DEBIAN, MemoryLookup([record])).findings
    assert len(finding.evidence) == 1


def test_records_chained_by_aliases_are_told_apart_by_their_fixes() -> None:
    """
    Two records that each name both CVEs, with different fixes, are two flaws.

    A chain of aliases joined what has nothing in common; each keeps its own fix.
    """
    both = ("CVE-2024-0001", "CVE-2024-0002")
    one = advisory(
        "GHSA-aaaa", statement("Debian:12", "openssl", Range(fixed="3.0.1-2")), aliases=both
    )
    two = advisory(
        "GHSA-bbbb", statement("Debian:12", "openssl", Range(fixed="3.0.1-3")), aliases=both
    )
    found = match(PACKAGE, DEBIAN, MemoryLookup([one, two])).findings
    assert [(f.rule, f.fix.version) for f in found] == [
        ("GHSA-aaaa", "3.0.1-2"),
        ("GHSA-bbbb", "3.0.1-3"),
    ]
    assert set(both) <= set(found[0].names)
    alike = advisory(
        "GHSA-bbbb", statement("Debian:12", "openssl", Range(fixed="3.0.1-2")), aliases=both
    )
    found = match(PACKAGE, DEBIAN, MemoryLookup([one, alike])).findings
    assert [f.rule for f in found] == list(both)
