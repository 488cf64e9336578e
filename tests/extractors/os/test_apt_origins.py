"""Law: a package is credited to a vendor only where something of the image says so; the rest is told."""

import pytest

from pratique.extractors.os import dpkg
from pratique.model.package import Extraction
from tests.makers.os_packages import os_release, stanza
from tests.makers.tree import MemoryTree

STATUS = "var/lib/dpkg/status"
LIST = "etc/apt/sources.list"
OWN = (
    b"deb http://deb.debian.org/debian bookworm main contrib\n"
    b"deb http://security.debian.org/debian-security bookworm-security main\n"
    b"deb https://mirror.acme.test/remote/debian bookworm-updates main non-free-firmware\n"
)


def found(packages: bytes, **sources: bytes) -> Extraction:
    names = {f"etc/apt/sources.list.d/{name.replace('_', '.')}": s for name, s in sources.items()}
    system = {"etc/os-release": os_release(id="debian", version_id="12"), LIST: OWN}
    return dpkg.extract(MemoryTree({**system, **names, STATUS: packages}))


def package(name: str, version: str, maintainer: str) -> bytes:
    return stanza(
        Package=name,
        Status="install ok installed",
        Version=version,
        Architecture="amd64",
        Maintainer=maintainer,
    )


def vendors(extraction: Extraction) -> list[str]:
    return [one.vendor for one in extraction.packages]


@pytest.mark.parametrize(
    ("version", "maintainer", "vendor"),
    [
        ("5:27.0.3-1~debian.12~bookworm", "Docker <support@docker.com>", "Docker"),
        ("20.15.0-1nodesource1", "Ivan <ivan@somewhere.test>", "NodeSource"),
        ("16.3-1.pgdg120+1", "Debian PostgreSQL <team+pg@tracker.debian.org>", "PGDG"),
        ("1:11.4.2+maria~deb12", "MariaDB Developers <x@lists.mariadb.org>", "MariaDB"),
        ("8.2.20-1+0~20240618.57+debian12~1.gbp0f5a39", "O <ondrej@debian.org>", "deb.sury.org"),
        ("1.27.0-1~bookworm", "NGINX Packaging <nginx-packaging@f5.com>", "nginx"),
        ("1.22.1-9+deb12u2", "Debian Nginx <pkg-nginx@alioth-lists.debian.net>", ""),
        ("1.2", "Somebody <somebody@acme.test>", ""),
        ("1.2", "", ""),
        ("1.2", "Not Docker <x@notdocker.com>", ""),
    ],
)
def test_a_vendors_build_is_known_by_its_mark_or_its_address(
    version: str, maintainer: str, vendor: str
) -> None:
    assert vendors(found(package("a", version, maintainer))) == [vendor]


def test_the_maintainer_and_the_repository_agree() -> None:
    """Then the address is enough, whoever it is; and nothing is left to tell."""
    acme = package("agent", "3.1", "Acme <build@acme.test>")
    repository = b"deb https://apt.acme.test/stable any main\n"
    credited = found(acme, acme_list=repository)

    assert vendors(credited) == ["acme.test"]
    assert credited.unknowns == ()


def test_a_repository_nobody_can_be_credited_to_is_told() -> None:
    own = package("zlib1g", "1:1.2.13.dfsg-1", "Mark Brown <broonie@debian.org>")
    told = found(own, ppa_sources=b"Types: deb\nURIs: https://ppa.test/x\nSuites: jammy\n")

    (unknown,) = told.unknowns
    assert (unknown.unit, unknown.location) == (
        "third-party",
        "etc/apt/sources.list.d/ppa.sources",
    )
    assert "ppa.test" in unknown.reason
    assert vendors(told) == [""]


def test_the_distributions_own_repositories_and_mirrors_are_silent() -> None:
    own = package("zlib1g", "1:1.2.13.dfsg-1", "Mark Brown <broonie@debian.org>")
    assert found(own).unknowns == ()
    maria = b"deb https://deb.mariadb.org/11.4/debian bookworm main\n"
    assert len(found(own, maria_list=maria).unknowns) == 1
    server = package("mariadb-server", "1:11.4.2+maria~deb12", "M <x@lists.test>")
    assert found(server, maria_list=maria).unknowns == ()


def test_files_that_are_no_sources_are_not_read() -> None:
    own = package("a", "1", "A <a@debian.org>")
    assert found(own, x_list_save=b"deb https://apt.acme.test x y\n").unknowns == ()
