"""Match rpm packages by the publishers' practice."""

import pytest

from pratique.matchers.rpm import ecosystems, match
from pratique.model.advisory import Advisory, FixState, Range
from pratique.model.distro import Distro
from pratique.model.finding import Confidence
from pratique.model.package import Package, PackageType
from tests.makers.lookup import MemoryLookup, advisory, package, statement

ROCKY = Distro(id="rocky", version="8.9")
ALMA = Distro(id="almalinux", version="9.4")
RHEL = Distro(id="rhel", version="9.4")
CVE = "CVE-2024-0001"
BASEOS, APPSTREAM = "Red Hat:enterprise_linux:9::baseos", "Red Hat:enterprise_linux:9::appstream"


def rpm(name: str, version: str, **more: object) -> Package:
    """Return an installed rpm."""
    return package(PackageType.RPM, name, version, **more)


def rules(found: Package, distro: Distro, *records: Advisory) -> list[str]:
    """Return the rules of the findings on one package."""
    return [one.rule for one in match(found, distro, MemoryLookup(records)).findings]


def test_binary_names_count() -> None:
    """AlmaLinux names binaries, by major release only; the fixed build is clean."""
    fixed = advisory(CVE, statement("AlmaLinux:9", "openssl-libs", Range(fixed="1:3.0.7-27.el9")))
    assert rules(rpm("openssl-libs", "1:3.0.7-25.el9_3"), ALMA, fixed) == [CVE]
    assert rules(rpm("openssl-libs", "1:3.0.7-27.el9"), ALMA, fixed) == []
    assert rules(rpm("openssl-libs", "3.0.7-27.el9"), ALMA, fixed) == [CVE]


def test_source_names_count_with_the_bounds_epoch() -> None:
    """Rocky names sources; SOURCERPM has no epoch, so perl-libs 4:5.26.3-419 is clean."""
    fixed = advisory(CVE, statement("Rocky Linux:8", "perl", Range(fixed="4:5.26.3-419.el8")))
    for source, expected in (("5.26.3-419.el8", []), ("5.26.3-416.el8", [CVE])):
        found = rpm("perl-libs", f"4:{source}", source_name="perl", source_version=source)
        assert rules(found, ROCKY, fixed) == expected


def test_a_binarys_own_epoch_is_not_lent() -> None:
    """perl-Errno 0:1.28-419 has another epoch than its source; its own name is compared as it is."""
    fixed = advisory(CVE, statement("Rocky Linux:8", "x", Range(fixed="1:2-1")))
    assert rules(rpm("x", "3-1", source_name="x", source_version="3-1"), ROCKY, fixed) == [CVE]


def test_where_binaries_are_named_the_sources_fix_does_not_speak_for_them() -> None:
    """The publisher names openssl-libs elsewhere, so an erratum for openssl alone is not about it."""
    about_source = advisory(CVE, statement("AlmaLinux:9", "openssl", Range(fixed="1:3-9")))
    about_binary = advisory(
        "CVE-2024-0002", statement("AlmaLinux:9", "openssl-libs", Range(fixed="1:3-1"))
    )
    found = rpm("openssl-libs", "1:3-5", source_name="openssl", source_version="3-5")
    assert rules(found, ALMA, about_source, about_binary) == []
    assert rules(found, ALMA, about_source) == [CVE]


def test_an_unfixed_source_speaks_for_its_binaries() -> None:
    """Red Hat's VEX names the source where there is no fix yet."""
    unfixed = advisory(
        CVE,
        statement("Red Hat:enterprise_linux:9", "openssl", Range(), state=FixState.WILL_NOT_FIX),
        feed="redhat-csaf-vex",
    )
    other = advisory("CVE-2024-0002", statement(BASEOS, "openssl-libs", Range(fixed="1:3-1")))
    found = rpm("openssl-libs", "1:3-5", source_name="openssl", source_version="3-5")
    (finding,) = match(found, RHEL, MemoryLookup([unfixed, other])).findings
    assert finding.fix.state is FixState.WILL_NOT_FIX


def test_any_build_of_an_advisory_will_do() -> None:
    """One erratum lists builds of several minor releases: having reached one is enough."""
    builds = [
        statement("AlmaLinux:9", "x", Range(fixed="1-2.el9_3")),
        statement("AlmaLinux:9", "x", Range(fixed="1-2.el9_4")),
    ]
    erratum = advisory("ALSA-1", *builds, upstream=(CVE,))
    assert rules(rpm("x", "1-2.el9_3"), ALMA, erratum) == []
    assert rules(rpm("x", "1-2.el9_2"), ALMA, erratum) == [CVE]
    finding = match(rpm("x", "1-1"), ALMA, MemoryLookup([erratum])).findings[0]
    assert finding.fix.version == "1-2.el9_4"


def test_repositories_of_a_release_are_all_asked() -> None:
    """BaseOS and AppStream both speak for RHEL 9, and EUS does not."""
    found = rpm("x", "1-1")
    assert rules(found, RHEL, advisory(CVE, statement(APPSTREAM, "x", Range(fixed="1-2")))) == [CVE]
    eus = advisory(CVE, statement("Red Hat:rhel_eus:9.2::appstream", "x", Range(fixed="1-2")))
    assert rules(found, RHEL, eus) == []


NODE = "1:18.1-1.module+el9+1"


@pytest.mark.parametrize(
    ("module", "stated", "expected"),
    [
        ("nodejs:18:9020:ab:x86_64", "nodejs:18", [CVE]),
        ("nodejs:16:9020:ab:x86_64", "nodejs:18", []),
        ("", "nodejs:18", []),
    ],
)
def test_a_module_stream_is_compared_with_itself(
    module: str, stated: str, expected: list[str]
) -> None:
    """nodejs:16 is older than the fix of nodejs:18, and not affected by what that says."""
    about = statement(APPSTREAM, "nodejs", Range(fixed="1:18.2-1.module+el9+2"), module=stated)
    version = NODE if module else "1:16.1-1.el9"
    assert rules(rpm("nodejs", version, module=module), RHEL, advisory(CVE, about)) == expected


def test_a_plain_package_is_not_compared_with_a_modules_build() -> None:
    """Neither a plain package with a module's fix, nor the other way round."""
    modular = advisory(CVE, statement(APPSTREAM, "x", Range(fixed="2-1.module+el9+2")))
    plain = advisory("CVE-2024-0002", statement(APPSTREAM, "x", Range(fixed="2-1.el9")))
    assert rules(rpm("x", "1-1.el9"), RHEL, modular, plain) == ["CVE-2024-0002"]
    assert rules(rpm("x", "1-1.module+el9+1", module="x:1:2:3"), RHEL, modular, plain) == [CVE]


def test_an_unstated_stream_is_doubtful() -> None:
    """Compared, but with low confidence, on either side."""
    unstated = statement(APPSTREAM, "nodejs", Range(fixed="1:18.2-1.module+el9+2"))
    stated = statement(
        APPSTREAM, "nodejs", Range(fixed="1:18.2-1.module+el9+2"), module="nodejs:18"
    )
    for about, module in ((unstated, "nodejs:18:1:2"), (stated, "")):
        found = rpm("nodejs", NODE, module=module)
        (finding,) = match(found, RHEL, MemoryLookup([advisory(CVE, about)])).findings
        assert finding.confidence is Confidence.LOW
        assert "does not state the stream" in finding.evidence[0].note


def test_an_erratum_for_other_architectures_is_not_about_this_package() -> None:
    """x86_64 only says nothing about aarch64; a noarch package is always meant."""
    about = statement("AlmaLinux:9", "x", Range(fixed="2-1"), arches=("x86_64",))
    for arch, expected in (("x86_64", [CVE]), ("aarch64", []), ("noarch", [CVE]), ("", [CVE])):
        assert rules(rpm("x", "1-1", arch=arch), ALMA, advisory(CVE, about)) == expected


def test_a_noarch_build_is_about_every_architecture() -> None:
    """A package that became noarch with its fix was built for some architecture before."""
    about = statement("AlmaLinux:9", "x", Range(fixed="2-1"), arches=("noarch",))
    for arch in ("x86_64", "aarch64", "noarch", ""):
        assert rules(rpm("x", "1-1", arch=arch), ALMA, advisory(CVE, about)) == [CVE]


def test_suse_is_asked_by_product_and_paid_fixes_are_marked() -> None:
    """After the end of general support a fix is in LTSS only, and the evidence says so."""
    sles = Distro(id="sles", version="15.3")
    ltss = "SUSE:Linux Enterprise Server 15 SP3-LTSS"
    record = advisory("SUSE-SU-1", statement(ltss, "glibc", Range(fixed="2.31-9")), upstream=(CVE,))
    found = rpm("glibc-locale", "2.31-8", source_name="glibc", source_version="2.31-8")
    (finding,) = match(found, sles, MemoryLookup([record])).findings
    assert finding.fix.version == "2.31-9"
    assert finding.evidence[0].note == "the fix is part of SUSE LTSS"
    assert ecosystems(found, sles)[-1] == ltss


def test_without_a_distribution_or_a_version_nothing_is_guessed() -> None:
    """No distro: nothing; a broken version: an Unknown."""
    record = advisory(CVE, statement("AlmaLinux:9", "x", Range(fixed="2-1")))
    assert rules(rpm("x", "1-1"), Distro(id="unheard"), record) == []
    assert match(rpm("x", "1-1"), None, MemoryLookup([record])).findings == ()
    assert ecosystems(rpm("x", "1-1"), None) == ()
    assert len(match(rpm("x", "-1"), ALMA, MemoryLookup([record])).unknowns) == 1


def test_a_source_without_a_version_is_judged_by_the_binarys() -> None:
    """Nothing is lent then: the binary's version is complete."""
    fixed = advisory(CVE, statement("Rocky Linux:8", "perl", Range(fixed="4:5-2")))
    assert rules(rpm("perl-libs", "4:5-1", source_name="perl"), ROCKY, fixed) == [CVE]
    assert rules(rpm("perl-libs", "4:5-2", source_name="perl"), ROCKY, fixed) == []
    assert rules(rpm("perl-libs", "5-2", source_name="perl"), ROCKY, fixed) == [CVE]


def test_a_short_module_label_names_its_stream() -> None:
    """An SBOM may carry nodejs:18 without version and context."""
    about = statement(APPSTREAM, "nodejs", Range(fixed="1:18.2-1.module+el9+2"), module="nodejs:18")
    found = rpm("nodejs", NODE, module="nodejs:18")
    (finding,) = match(found, RHEL, MemoryLookup([advisory(CVE, about)])).findings
    assert finding.confidence is Confidence.HIGH


def test_one_range_with_a_modules_build_makes_the_statement_modular() -> None:
    """Whatever else the statement holds."""
    about = statement(APPSTREAM, "x", Range(fixed="1-2.module+el9+1"), Range(introduced="9"))
    assert rules(rpm("x", "1-1.el9"), RHEL, advisory(CVE, about)) == []
