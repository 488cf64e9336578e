"""Name the data of every release, and of none that they do not fit."""

import pytest

from pratique.formats.distro_ecosystem import release_of
from pratique.formats.versions.order import ORDERS, base_name
from pratique.model.distro import Distro

NAMES = [
    (Distro(id="debian", version="12"), "Debian:12"),
    (Distro(id="debian", version="10.13"), "Debian:10"),
    (Distro(id="debian", codename="trixie", name="Debian GNU/Linux trixie/sid"), "Debian:13"),
    (Distro(id="debian", name="Debian GNU/Linux sid"), "Debian:sid"),
    (Distro(id="ubuntu", version="22.04"), "Ubuntu:22.04:LTS"),
    (Distro(id="ubuntu", version="24.10"), "Ubuntu:24.10"),
    (Distro(id="ubuntu", version="23.04"), "Ubuntu:23.04"),
    (Distro(id="alpine", version="3.20.3"), "Alpine:v3.20"),
    (Distro(id="alpine", version="edge"), "Alpine:edge"),
    (Distro(id="alpine", version="3.21.0_alpha20240923"), "Alpine:edge"),
    (Distro(id="almalinux", version="9.4"), "AlmaLinux:9"),
    (Distro(id="rocky", version="8.10"), "Rocky Linux:8"),
    (Distro(id="rhel", version="9.4"), "Red Hat:enterprise_linux:9::baseos"),
    (Distro(id="rhel", version="7.9"), "Red Hat:enterprise_linux:7::server"),
    (Distro(id="rhel", version="10.1"), "Red Hat:enterprise_linux:10.1"),
    (
        Distro(id="centos", version="7", name="CentOS Linux 7 (Core)"),
        "Red Hat:enterprise_linux:7::server",
    ),
    (Distro(id="amzn", version="2023"), "Amazon Linux:2023"),
    (Distro(id="amzn", version="2"), "Amazon Linux:2"),
    (Distro(id="amzn", version="2018.03"), "Amazon Linux:1"),
    (Distro(id="mariner", version="2.0"), "Azure Linux:2"),
    (Distro(id="azurelinux", version="3.0"), "Azure Linux:3"),
    (Distro(id="sles", version="15.3"), "SUSE:Linux Enterprise Module for Basesystem 15 SP3"),
    (Distro(id="sles", version="15"), "SUSE:Linux Enterprise Module for Basesystem 15"),
    (Distro(id="sles", version="12.5"), "SUSE:Linux Enterprise Server 12 SP5"),
    (Distro(id="sles", version="16.0"), "SUSE:Linux Enterprise Server 16.0"),
    (Distro(id="sle-micro", version="5.5"), "SUSE:Linux Enterprise Micro 5.5"),
    (Distro(id="opensuse-leap", version="15.6"), "openSUSE:Leap 15.6"),
    (Distro(id="opensuse-tumbleweed", version="20240101"), "openSUSE:Tumbleweed"),
    (Distro(id="ol", version="9.3"), "Oracle Linux:9"),
    (Distro(id="photon", version="5.0"), "Photon OS:5.0"),
    (Distro(id="fedora", version="40"), "Fedora:40"),
    (Distro(id="arch"), "Arch Linux"),
    (Distro(id="wolfi", version="20230201"), "Wolfi"),
    (Distro(id="mageia", version="9"), "Mageia:9"),
    (
        Distro(id="openeuler", version="24.03", name="openEuler 24.03 (LTS-SP1)"),
        "openEuler:24.03-LTS-SP1",
    ),
]


@pytest.mark.parametrize(("distro", "main"), NAMES)
def test_a_release_has_the_publishers_name(distro: Distro, main: str) -> None:
    """The main ecosystem of each known release, whose versions we can order."""
    release = release_of(distro)
    assert release.ecosystems[0] == main
    assert not release.reason
    assert base_name(main) in ORDERS


@pytest.mark.parametrize(
    "distro",
    [
        Distro(id="linuxmint", version="21.3", like=("ubuntu", "debian")),
        Distro(id="raspbian", version="12", like=("debian",)),
        Distro(id="centos", version="9", name="CentOS Stream 9", like=("rhel", "fedora")),
        Distro(id="debian"),
        Distro(id="ubuntu", version="rolling"),
        Distro(id="alpine", version="x"),
        Distro(id="nobody"),
    ],
)
def test_what_has_no_data_says_why(distro: Distro) -> None:
    """A derivative, a stream and an unnamed release get no other release's data."""
    release = release_of(distro)
    assert not release.ecosystems
    assert release.reason


def test_paid_fixes_are_apart() -> None:
    """Ubuntu Pro and SUSE LTSS are looked up, but not as the release's own data."""
    ubuntu = release_of(Distro(id="ubuntu", version="18.04"))
    assert [paid.ecosystem for paid in ubuntu.paid] == ["Ubuntu:Pro:18.04:LTS"]
    sles = release_of(Distro(id="sles", version="15.3"))
    assert [paid.ecosystem for paid in sles.paid] == ["SUSE:Linux Enterprise Server 15 SP3-LTSS"]
    assert not release_of(Distro(id="ubuntu", version="24.10")).paid


def test_a_rebuild_says_whose_data_they_are() -> None:
    """CentOS 7 is judged by Red Hat's data, and the evidence will say so."""
    assert "Red Hat" in release_of(Distro(id="centos", version="7")).note


def test_the_names_are_those_of_the_mirror(shared: object) -> None:
    """SUSE's product names stand in its advisories exactly as we write them."""
    from pathlib import Path
    from zipfile import ZipFile

    path = Path(str(shared)) / "mirror/osv/SUSE/all.zip"
    with ZipFile(path) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()[-400:])
    wanted = release_of(Distro(id="sles", version="15.5")).ecosystems
    there = [name for name in wanted if f'"{name}"'.encode() in text]
    assert wanted[0] in there
    assert len(there) >= 4
