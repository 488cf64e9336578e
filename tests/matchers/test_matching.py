"""Match all packages of a subject, and say what was not assessed."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.distro_ecosystem import release_of
from pratique.matchers.matching import UNITS, ecosystems_needed, match_packages
from pratique.matchers.release import product_of
from pratique.model.advisory import Candidate, DataStatus, Range
from pratique.model.distro import Distro
from pratique.model.package import PackageType
from pratique.model.unknown import Stage, Weight
from tests.makers.lookup import ALPINE, DEBIAN, UBUNTU, MemoryLookup, advisory, package, statement

LOOKUP = MemoryLookup(
    [
        advisory("CVE-2024-0001", statement("Debian:12", "zlib", Range(fixed="2"))),
        advisory("GHSA-x", statement("PyPI", "six", Range(fixed="2"))),
    ]
)
ZLIB = package(PackageType.DEB, "zlib", "1")
SIX = package(PackageType.PYPI, "six", "1")


def test_each_package_goes_to_the_unit_of_its_type() -> None:
    """Deb by Debian's data, Python by OSV's."""
    matched = match_packages([SIX, ZLIB], DEBIAN, LOOKUP)
    assert [finding.rule for finding in matched.findings] == ["CVE-2024-0001", "GHSA-x"]
    assert (matched.unknowns, matched.compared) == ((), 2)


def test_a_release_without_data_is_one_unknown() -> None:
    """Three packages, one Unknown that counts them; never clean."""
    packages = [package(PackageType.DEB, name, "1") for name in ("a", "b", "c")]
    (unknown,) = match_packages(packages, Distro(id="debian", version="9"), LOOKUP).unknowns
    assert (unknown.stage, unknown.weight) == (Stage.MATCH, Weight.COVERAGE)
    assert unknown.location == "Debian:9"
    assert unknown.reason.startswith("3 packages not assessed")
    assert "do not cover Debian:9" in unknown.reason
    (unknown,) = match_packages(packages, UBUNTU, LOOKUP).unknowns
    assert "no advisory data for Ubuntu" in unknown.reason


def test_only_what_was_compared_with_data_that_speak_for_it_counts() -> None:
    """Not what has no data, nor a version that cannot be read; what nothing is published on does."""
    illegible = package(PackageType.DEB, "zlib", "a b", location="elsewhere")
    conda = package(PackageType.CONDA, "x", "1")
    unheard_of = package(PackageType.DEB, "unheard-of", "1")

    assert match_packages([ZLIB, illegible, conda, unheard_of], DEBIAN, LOOKUP).compared == 2
    assert match_packages([illegible, conda], DEBIAN, LOOKUP).compared == 0
    assert match_packages([ZLIB, SIX], UBUNTU, LOOKUP).compared == 1


def test_a_derivative_and_an_unknown_distribution_are_said_aloud() -> None:
    """A parent's data are not borrowed."""
    mint = Distro(id="linuxmint", version="21", like=("ubuntu", "debian"))
    (unknown,) = match_packages([ZLIB], mint, LOOKUP).unknowns
    assert "linuxmint" in unknown.reason
    (unknown,) = match_packages([ZLIB], None, LOOKUP).unknowns
    assert "distribution is not known" in unknown.reason
    stream = Distro(id="centos", version="9", name="CentOS Stream 9")
    (unknown,) = match_packages([package(PackageType.RPM, "x", "1-1")], stream, LOOKUP).unknowns
    assert "CentOS Stream" in unknown.reason


def test_a_type_without_a_matcher_is_said_aloud() -> None:
    """Conda packages are listed, not matched."""
    (unknown,) = match_packages([package(PackageType.CONDA, "x", "1")], DEBIAN, LOOKUP).unknowns
    assert "type conda" in unknown.reason


def test_packages_of_another_vendor_are_not_judged_by_the_distributions_data() -> None:
    """docker-ce on AlmaLinux is counted by vendor; AlmaLinux's own are matched."""
    alma = Distro(id="almalinux", version="9")
    lookup = MemoryLookup(
        [advisory("CVE-2024-0001", statement("AlmaLinux:9", "x", Range(fixed="2-1")))]
    )
    packages = [
        package(PackageType.RPM, "x", "1-1", vendor="AlmaLinux"),
        package(PackageType.RPM, "x", "1-1", vendor="Docker"),
        package(PackageType.RPM, "y", "1-1", vendor="Docker"),
        package(PackageType.RPM, "z", "1-1"),
    ]
    matched = match_packages(packages, alma, lookup)
    assert len(matched.findings) == 1
    (unknown,) = matched.unknowns
    assert unknown.location == "Docker"
    assert unknown.reason.startswith("2 packages not assessed")


def test_epel_and_a_vendors_apt_repository_are_named() -> None:
    """A deb's vendor counts where our own extractor told it, not where another SBOM did."""
    rocky = Distro(id="rocky", version="9")
    (epel,) = match_packages(
        [package(PackageType.RPM, "x", "1-1", vendor="Fedora Project")], rocky, LOOKUP
    ).unknowns
    assert (epel.unit, epel.location) == ("third-party", "Fedora Project")
    assert "(EPEL)" in epel.reason
    docker = package(PackageType.DEB, "zlib1g", "1", vendor="Docker", origin="dpkg")
    (named,) = match_packages([docker], DEBIAN, LOOKUP).unknowns
    assert (named.unit, named.location) == ("third-party", "Docker")
    supplied = package(PackageType.DEB, "zlib1g", "1", vendor="Mark Brown", origin="sbom")
    assert match_packages([supplied], DEBIAN, LOOKUP).unknowns == ()


def test_what_is_needed_is_what_is_looked_up() -> None:
    """Full names, of the types and vendors present only."""
    assert ecosystems_needed([ZLIB, SIX], DEBIAN) == {"Debian:12", "PyPI"}
    assert ecosystems_needed([package(PackageType.APK, "x", "1-r0")], ALPINE) == {"Alpine:v3.20"}
    assert ecosystems_needed([ZLIB], None) == frozenset()
    assert ecosystems_needed([package(PackageType.CONDA, "x", "1")], DEBIAN) == frozenset()
    foreign = package(PackageType.RPM, "x", "1-1", vendor="Docker")
    assert ecosystems_needed([foreign], Distro(id="rocky", version="9")) == frozenset()


def test_the_result_does_not_depend_on_the_order_of_packages() -> None:
    """Equal inputs in any order give equal results."""
    packages = [
        ZLIB,
        SIX,
        package(PackageType.CONDA, "x", "1"),
        package(PackageType.DEB, "b", "a b"),
    ]
    assert match_packages(packages, DEBIAN, LOOKUP) == match_packages(
        packages[::-1], DEBIAN, LOOKUP
    )


def test_no_two_units_claim_one_type() -> None:
    """Each type has one matcher."""
    claimed = [kind for unit in UNITS for kind in unit.TYPES]
    assert len(claimed) == len(set(claimed))


class Everything(MemoryLookup):
    """A lookup that has a statement on whatever is asked for."""

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """Return one open and one fixed statement."""
        about = statement(ecosystem, name, Range(fixed="1.2-3"), Range(introduced="2.0"))
        return (Candidate(advisory("CVE-2024-0001", about), about),)

    def releases(self, base: str) -> frozenset[str]:
        """Return every name that a test distribution has."""
        distros = (DEBIAN, UBUNTU, ALPINE, Distro(id="almalinux", version="9"))
        return frozenset(name for one in distros for name in release_of(one).ecosystems) | {base}

    def status(self, base: str) -> DataStatus:
        """There are data."""
        return DataStatus(ecosystem=base, present=True)


@given(
    kind=st.sampled_from(list(PackageType)),
    texts=st.lists(st.text(max_size=12), min_size=8, max_size=8),
    distro=st.sampled_from([None, DEBIAN, UBUNTU, ALPINE, Distro(id="almalinux", version="9")]),
)
def test_whatever_an_image_says_of_a_package_is_judged_or_unknown(
    kind: PackageType, texts: list[str], distro: Distro | None
) -> None:
    """No text crashes a matcher, and each package ends as a finding, clean, or an Unknown."""
    name, version, source, source_version, module, arch, vendor, purl = texts
    found = package(
        kind,
        name,
        version,
        purl=purl,
        source_name=source,
        source_version=source_version,
        module=module,
        arch=arch,
        vendor=vendor,
    )
    matched = match_packages([found], distro, Everything())
    for finding in matched.findings:
        assert finding.package == found.key
        assert finding.evidence


@given(
    texts=st.lists(st.text(max_size=20), min_size=4, max_size=4),
    known=st.sampled_from(
        [
            "debian",
            "ubuntu",
            "alpine",
            "rhel",
            "centos",
            "sles",
            "opensuse-leap",
            "openeuler",
            "amzn",
        ]
    ),
)
def test_whatever_os_release_says_a_release_is_found_or_not(texts: list[str], known: str) -> None:
    """No text crashes the naming of a release; without data there is a reason."""
    version, codename, name, other = texts
    for text in (version, f"15.{version}", f"9.{version}", f"22.04{version}"):
        distro = Distro(id=known, version=text, codename=codename, name=name, like=(other,))
        release = release_of(distro)
        assert bool(release.ecosystems) != bool(release.reason)
        product_of(distro)


def test_data_for_one_repository_of_a_release_are_data() -> None:
    """SLES is asked for in many modules; the mirror may hold a few of them."""
    base = "SUSE:Linux Enterprise Module for Containers 15 SP3"
    lookup = MemoryLookup([advisory("CVE-2024-0001", statement(base, "x", Range(fixed="2-1")))])
    sles = Distro(id="sles", version="15.3")
    found = package(PackageType.RPM, "x", "1-1", vendor="SUSE LLC <https://www.suse.com/>")
    matched = match_packages([found], sles, lookup)
    assert (len(matched.findings), matched.unknowns) == (1, ())


def test_hardly_any_data_on_a_release_are_said() -> None:
    """What the few statements find stands; that they are few is an Unknown."""
    el7, el9 = "Red Hat:enterprise_linux:7::server", "Red Hat:enterprise_linux:9::baseos"
    many = [advisory(f"RHSA-{n}", statement(el9, f"p{n}", Range(fixed="2-1"))) for n in range(1000)]
    one = advisory("CVE-2024-0001", statement(el7, "x", Range(fixed="2-1")))
    found = package(PackageType.RPM, "x", "1-1", vendor="Red Hat, Inc.")
    matched = match_packages([found], Distro(id="rhel", version="7.9"), MemoryLookup([*many, one]))
    assert (len(matched.findings), matched.compared) == (1, 0)
    (unknown,) = matched.unknowns
    assert unknown.reason == (
        f"1 package hardly assessed: the advisory data for Red Hat hold only 1 statement on {el7}"
    )


def test_vendors_are_looked_at_in_rpm_only_and_any_of_the_known_words_will_do() -> None:
    """Photon's packages are VMware's or Broadcom's; a Python package's vendor says nothing."""
    photon = Distro(id="photon", version="5.0")
    lookup = MemoryLookup(
        [
            advisory("CVE-2024-0001", statement("Photon OS:5.0", "x", Range(fixed="2-1"))),
            advisory("GHSA-x", statement("PyPI", "six", Range(fixed="2"))),
        ]
    )
    packages = [
        package(PackageType.RPM, "x", "1-1", vendor="VMware, Inc.", location="a"),
        package(PackageType.RPM, "x", "1-1", vendor="Broadcom", location="b"),
        package(PackageType.PYPI, "six", "1", vendor="Somebody"),
    ]
    matched = match_packages(packages, photon, lookup)
    assert (len(matched.findings), matched.unknowns) == (3, ())


def test_one_package_is_spoken_of_as_one() -> None:
    """And the reason names the distribution."""
    (unknown,) = match_packages([ZLIB], Distro(id="nobody", version="1"), LOOKUP).unknowns
    assert unknown.reason == "1 package not assessed: no advisory data are known for nobody 1"
    assert unknown.location == "nobody"
