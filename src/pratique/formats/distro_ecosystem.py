"""
Name the advisory data that speak of a distribution's release.

Law: a release is mapped only to data its own publisher made for it (or, for a rebuild, to those of
what it rebuilds, said in ``note``). A derivative gets no data of its parent: its packages differ.
Where nothing is known, ``release_of`` says why, so that the scan can say it aloud.
Sources: OSV's ecosystem grammar, https://ossf.github.io/osv-schema/#defined-ecosystems; names of
SUSE's products as in its advisories; the rest as our own feeds name their shards.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from pratique.formats.feeds.debian_releases import RELEASES
from pratique.model.distro import Distro


class Paid(Struct, frozen=True):
    """An ecosystem whose fixes only customers of an offer get."""

    ecosystem: str
    offer: str


class Release(Struct, frozen=True, kw_only=True):
    """
    The data that speak of one release.

    ``ecosystems`` are full names; the first is the main one, without which there is no data.
    ``reason`` is why there is none. ``vendors`` are words that the release's own packages carry in
    their rpm vendor (lower case); empty: not looked at.
    """

    ecosystems: tuple[str, ...] = ()
    paid: tuple[Paid, ...] = ()
    note: str = ""
    reason: str = ""
    vendors: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def release_of(distro: Distro) -> Release:
    """
    Return the data that speak of ``distro``.

    >>> release_of(Distro(id="debian", version="12")).ecosystems
    ('Debian:12',)
    >>> release_of(Distro(id="linuxmint", version="21", like=("ubuntu",))).reason
    'no advisory data are known for linuxmint 21 (data of ubuntu would not fit)'
    """
    find = _DISTROS.get(distro.id)
    if find is None:
        parents = f" (data of {', '.join(distro.like)} would not fit)" if distro.like else ""
        return Release(reason=f"no advisory data are known for {_spoken(distro)}{parents}")
    return find(distro) or Release(reason=f"{_spoken(distro)} is not a release we know")


def _spoken(distro: Distro) -> str:
    return f"{distro.id[:40]} {distro.version[:40]}".strip() or "this distribution"


def _numbers(distro: Distro) -> tuple[str, str]:
    """Return major and minor of VERSION_ID as written; the minor may be empty."""
    match = re.match(r"[vV]?([0-9]{1,8})(?:\.([0-9]{1,8}))?", distro.version)
    return (match[1], match[2] or "") if match else ("", "")


def _debian(distro: Distro) -> Release | None:
    major, _ = _numbers(distro)
    codename = distro.codename or distro.name.rpartition(" ")[2]
    known = major or next((_DEBIAN[part] for part in codename.split("/") if part in _DEBIAN), "")
    return Release(ecosystems=(f"Debian:{known}",)) if known else None


def _ubuntu(distro: Distro) -> Release | None:
    match = re.match(r"([0-9]{1,2})\.([0-9]{2})", distro.version)
    if match is None:
        return None
    if int(match[1]) % 2 or match[2] != "04":
        return Release(ecosystems=(f"Ubuntu:{match[0]}",))
    paid = (Paid(f"Ubuntu:Pro:{match[0]}:LTS", "Ubuntu Pro"),)
    return Release(ecosystems=(f"Ubuntu:{match[0]}:LTS",), paid=paid)


def _alpine(distro: Distro) -> Release | None:
    major, minor = _numbers(distro)
    if "edge" in distro.name or "edge" in distro.version or "_alpha" in distro.version:
        return Release(ecosystems=("Alpine:edge",))
    return Release(ecosystems=(f"Alpine:v{major}.{minor}",)) if minor else None


def _rolling(ecosystem: str) -> Callable[[Distro], Release]:
    return lambda distro: Release(ecosystems=(ecosystem,))


def _by_major(base: str, *vendors: str) -> Callable[[Distro], Release | None]:
    def find(distro: Distro) -> Release | None:
        major, _ = _numbers(distro)
        return Release(ecosystems=(f"{base}:{major}",), vendors=vendors) if major else None

    return find


def _rhel(distro: Distro) -> Release | None:
    major, minor = _numbers(distro)
    if not major:
        return None
    if int(major) >= 10:
        # From 10 on the CPE names the minor release, and no repository.
        named = [f"{major}.{number}" for number in range(min(int(minor or 0), 20), -1, -1)]
    else:
        named = [f"{major}::{part}" for part in _RHEL_PARTS.get(major, _RHEL_REPOSITORIES)]
        named.append(major)  # what has no fix yet belongs to no repository
    ecosystems = tuple(f"Red Hat:enterprise_linux:{name}" for name in named)
    return Release(ecosystems=ecosystems, vendors=("red hat",))


def _centos(distro: Distro) -> Release | None:
    major, _ = _numbers(distro)
    if "stream" in distro.name.lower() or not major or int(major) > 8:
        reason = "CentOS Stream has no advisories: it runs ahead of the release they are for"
        return Release(reason=reason)
    red_hat = _rhel(distro)
    if red_hat is None:
        return None
    note = f"CentOS {major} rebuilds RHEL {major}: these are Red Hat's data"
    return Release(ecosystems=red_hat.ecosystems, note=note, vendors=("centos",))


def _amazon(distro: Distro) -> Release | None:
    major, _ = _numbers(distro)
    if not major:
        return None
    name = "1" if major in ("2014", "2015", "2016", "2017", "2018") else major
    return Release(ecosystems=(f"Amazon Linux:{name}",), vendors=("amazon",))


def _photon(distro: Distro) -> Release | None:
    major, minor = _numbers(distro)
    named = (f"Photon OS:{major}.{minor or 0}",)
    return Release(ecosystems=named, vendors=("vmware", "broadcom")) if major else None


def _sles(distro: Distro) -> Release | None:
    major, minor = _numbers(distro)
    if not major:
        return None
    if int(major) >= 16:
        product = f"Linux Enterprise Server {major}.{minor or 0}"
        return Release(ecosystems=(f"SUSE:{product}",), vendors=_SUSE_VENDORS)
    release = f"{major} SP{minor}" if minor not in ("", "0") else major
    server = f"SUSE:Linux Enterprise Server {release}"
    modules = [f"SUSE:Linux Enterprise Module for {name} {release}" for name in _SUSE_MODULES]
    if major != "15":
        modules = [f"SUSE:Linux Enterprise Software Development Kit {release}"]
    # On 15 the packages of the server live in the Basesystem module.
    named = (modules[0], server, *modules[1:]) if major == "15" else (server, *modules)
    paid = (Paid(f"{server}-LTSS", "SUSE LTSS"),)
    return Release(ecosystems=named, paid=paid, vendors=_SUSE_VENDORS)


def _sle_micro(distro: Distro) -> Release | None:
    major, minor = _numbers(distro)
    if not major:
        return None
    product = "Linux Enterprise Micro" if int(major) < 6 else "Linux Micro"
    return Release(ecosystems=(f"SUSE:{product} {major}.{minor or 0}",), vendors=_SUSE_VENDORS)


def _leap(distro: Distro) -> Release | None:
    major, minor = _numbers(distro)
    named = (f"openSUSE:Leap {major}.{minor}",)
    return Release(ecosystems=named, vendors=_SUSE_VENDORS) if minor else None


def _openeuler(distro: Distro) -> Release | None:
    text = distro.name.partition("openEuler ")[2] or distro.version
    match = re.match(r"([0-9]{2}\.[0-9]{2})(?: ?\(?(LTS(?:-SP[0-9])?)\)?)?", text)
    if match is None:
        return None
    return Release(ecosystems=(f"openEuler:{match[1]}" + (f"-{match[2]}" if match[2] else ""),))


_DEBIAN = {**RELEASES, "sid": "sid"}
_RHEL_REPOSITORIES = (
    "baseos",
    "appstream",
    "crb",
    "highavailability",
    "resilientstorage",
    "nfv",
    "realtime",
    "supplementary",
    "sap",
    "sap_hana",
    "fastdatapath",
)
_RHEL_PARTS = {
    "5": ("server", "client"),
    "6": ("server", "client", "computenode", "workstation"),
    "7": ("server", "client", "computenode", "workstation"),
}
_SUSE_MODULES = (
    "Basesystem",
    "Server Applications",
    "Containers",
    "Development Tools",
    "Desktop Applications",
    "Legacy",
    "Public Cloud",
    "Python 3",
    "Python3",
    "Python 2",
    "Web and Scripting",
    "Certifications",
    "Transactional Server",
    "Confidential Computing Technical Preview",
    "Package Hub",
)
_SUSE_VENDORS = ("suse",)
_DISTROS: dict[str, Callable[[Distro], Release | None]] = {
    "almalinux": _by_major("AlmaLinux", "almalinux"),
    "alpaquita": _rolling("Alpaquita"),
    "alpine": _alpine,
    "amzn": _amazon,
    "arch": _rolling("Arch Linux"),
    "azurelinux": _by_major("Azure Linux", "microsoft"),
    "centos": _centos,
    "chainguard": _rolling("Chainguard"),
    "debian": _debian,
    "echo": _rolling("Echo"),
    "fedora": _by_major("Fedora", "fedora"),
    "mageia": _by_major("Mageia", "mageia"),
    "mariner": _by_major("Azure Linux", "microsoft"),
    "minimos": _rolling("MinimOS"),
    "ol": _by_major("Oracle Linux", "oracle"),
    "openeuler": _openeuler,
    "opensuse-leap": _leap,
    "opensuse-tumbleweed": _rolling("openSUSE:Tumbleweed"),
    "openwrt": _rolling("OpenWrt"),
    "photon": _photon,
    "rhel": _rhel,
    "rocky": _by_major("Rocky Linux", "rocky"),
    "sl-micro": _sle_micro,
    "sle-micro": _sle_micro,
    "sle-micro-rancher": _sle_micro,
    "sles": _sles,
    "sles_sap": _sles,
    "ubuntu": _ubuntu,
    "wolfi": _rolling("Wolfi"),
}
"""os-release ID and how its releases are named."""
