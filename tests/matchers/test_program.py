"""Match programs: the publisher's word, then Bitnami's, then the NVD's configurations."""

import pytest

from pratique.formats.known_programs import PROGRAMS
from pratique.matchers.matching import ecosystems_needed, match_packages
from pratique.matchers.program import ecosystems, match, upstream_version
from pratique.model.advisory import Range
from pratique.model.finding import Confidence
from pratique.model.package import PackageType
from tests.makers.lookup import DEBIAN, MemoryLookup, advisory, package, statement

GENERIC = PackageType.GENERIC


def test_bitnami_speaks_of_the_upstream_version() -> None:
    """A program that Bitnami knows is looked up under its name there, with medium confidence."""
    said = advisory(
        "BIT-apache-1", statement("Bitnami", "apache", Range(fixed="2.4.50", kind="SEMVER"))
    )
    lookup = MemoryLookup([said])
    (found,) = match(package(GENERIC, "httpd", "2.4.49"), None, lookup).findings
    assert (found.rule, found.confidence, found.fix.version) == (
        "BIT-apache-1",
        Confidence.MEDIUM,
        "2.4.50",
    )
    assert match(package(GENERIC, "httpd", "2.4.50"), None, lookup).findings == ()


def test_bitnamis_own_components_are_sure_and_without_their_revision() -> None:
    """1.27.2-3 is 1.27.2, which is not before 1.27.2 as a pre-release would be."""
    said = statement("Bitnami", "nginx", Range(fixed="1.27.2", kind="SEMVER"))
    lookup = MemoryLookup([advisory("BIT-nginx-1", said)])
    bitnami = PackageType.BITNAMI
    assert match(package(bitnami, "nginx", "1.27.2-3"), None, lookup).findings == ()
    (found,) = match(package(bitnami, "nginx", "1.27.1-0"), None, lookup).findings
    assert found.confidence is Confidence.HIGH


def test_the_nvd_is_asked_only_where_nobody_else_is() -> None:
    """Low confidence for a product's name; nothing of it for programs with better data."""
    curl = statement("NVD", "haxx:curl", Range(introduced="7.0-a", last_affected="7.88.1"))
    nginx = statement("NVD", "f5:nginx", Range())
    lookup = MemoryLookup(
        [advisory("CVE-2023-1001", curl, feed="nvd"), advisory("CVE-2023-1002", nginx, feed="nvd")]
    )
    (found,) = match(package(GENERIC, "curl", "7.88.1"), None, lookup).findings
    assert (found.rule, found.confidence) == ("CVE-2023-1001", Confidence.LOW)
    assert found.evidence[0].url.endswith("/CVE-2023-1001")
    assert match(package(GENERIC, "curl", "7.0"), None, lookup).findings == ()
    assert match(package(GENERIC, "nginx", "1.25.0"), None, lookup).findings == ()


def test_names_of_an_sbom_are_used_where_the_program_is_not_known() -> None:
    """A CPE of a product that we keep is looked up; other products are never taken for clean."""
    said = advisory("CVE-2023-1001", statement("NVD", "haxx:curl", Range(fixed="2.0")), feed="nvd")
    cpes = ("cpe:2.3:a:haxx:curl:1.0:*:*:*:*:*:*:*", "cpe:/a:acme:tool")
    tool = package(GENERIC, "static-curl", "1.0", cpes=cpes)
    assert len(match(tool, None, MemoryLookup([said])).findings) == 1
    other = package(GENERIC, "tool", "1.0", cpes=("cpe:2.3:a:acme:tool:1.0:*:*:*:*:*:*:*",))
    assert ecosystems(other, None) == ()


def test_node_has_advisories_of_its_own() -> None:
    """The project's word stands before Bitnami's, and clears what it says is not affected."""
    own = advisory(
        "NODEJS-CORE-1",
        statement("Node.js", "node", Range(introduced="20.0.0", fixed="20.5.1", kind="SEMVER")),
        feed="nodejs-core",
        aliases=("CVE-2023-1001",),
    )
    bitnami = advisory(
        "BIT-node-1", statement("Bitnami", "node", Range()), aliases=("CVE-2023-1001",)
    )
    lookup = MemoryLookup([own, bitnami])
    (found,) = match(package(GENERIC, "node", "20.5.0"), None, lookup).findings
    assert (found.rule, found.fix.version) == ("CVE-2023-1001", "20.5.1")
    assert match(package(GENERIC, "node", "20.5.1"), None, lookup).findings == ()


def test_unknown_programs_are_said_once() -> None:
    """No data and no known publisher are one coverage Unknown each, with the count."""
    packages = [
        package(GENERIC, "bash", "5.1.16"),
        package(GENERIC, "our-tool", "1.0"),
        package(GENERIC, "their-tool", "1.0"),
        package(GENERIC, "nginx", "1.25.0", location="usr/sbin/nginx"),
        package(GENERIC, "redis", "7.0.0"),
    ]
    unknowns = match_packages(packages, None, MemoryLookup()).unknowns
    assert sorted(one.reason for one in unknowns) == [
        "1 package not assessed: there are no advisory data for NVD",
        "2 packages not assessed: nobody is known to publish advisories on them",
        "2 packages not assessed: there are no advisory data for Bitnami",
    ]


def test_what_a_scan_fetches() -> None:
    """Each program's own source is needed; the NVD only on request; a distribution's own not."""
    programs = [package(GENERIC, name, "1.0") for name in ("nginx", "node", "curl", "go")]
    owned = package(GENERIC, "erlang", "25.0", owner="pkg:deb/debian/erlang-base@1")
    assert ecosystems_needed([*programs, owned], DEBIAN) == {"Bitnami", "Go", "Node.js"}
    assert ecosystems(package(GENERIC, "our-tool", "1"), None) == ()


@pytest.mark.parametrize(
    ("written", "upstream"),
    [
        ("3.11.4", "3.11.4"),
        ("3.13.0rc1", "3.13.0-rc.1"),
        ("3.13.0b2", "3.13.0-b.2"),
        ("1.27.2-3", "1.27.2"),
        ("25.3.2.6", "25.3.2.6"),
        ("2.7.4p191", "2.7.4"),
        ("RELEASE.2023-09-04T19-57-37Z", "2023.9.4"),
        ("v1.2", "1.2"),
        ("nightly", "nightly"),
    ],
)
def test_versions_as_bitnami_writes_them(written: str, upstream: str) -> None:
    """Release numbers stay, revisions and patch levels go, pre-releases become semantic."""
    assert upstream_version(written) == upstream


def test_a_version_that_cannot_be_compared_is_said() -> None:
    """It is an Unknown, neither a match nor a miss."""
    said = advisory("BIT-nginx-1", statement("Bitnami", "nginx", Range(fixed="1.0")))
    matched = match(package(GENERIC, "nginx", "nightly"), None, MemoryLookup([said]))
    assert (matched.findings, len(matched.unknowns)) == ((), 1)


def test_every_known_program_is_looked_up_somewhere() -> None:
    """The table of identities leaves no program without a source, save those that say so."""
    silent = {name for name in PROGRAMS if not ecosystems(package(GENERIC, name, "1"), None)}
    assert silent <= {"pypy", "tini"}
