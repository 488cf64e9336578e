"""
Tell which packages of dpkg come from a vendor's repository, and which repositories may have brought some.

dpkg keeps no record of where a package came from. What gives it away: apt's list of repositories, the
domain of the maintainer's address where it is that of such a repository, the mark that a few vendors
put into their versions, and the address of vendors who maintain nothing in a distribution.
Law: a repository that no package can be credited to is told as such; nothing is guessed from a name.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pratique.formats.packages.apt_sources import (
    AptSource,
    parse_deb822_sources,
    parse_sources_list,
)
from pratique.formats.packages.dpkg import DpkgRecord
from pratique.model.errors import FormatError
from pratique.model.units import FileTree

SOURCES = "etc/apt/sources.list"
SOURCES_D = "etc/apt/sources.list.d"
MAX_FILES = 200
MAX_BYTES = 1 << 20
"""Of one file; apt's own lists are a few lines."""


class Repository(Struct, frozen=True):
    """A repository that is not the distribution's, and the file that names it."""

    host: str
    location: str

    @property
    def domain(self) -> str:
        """Return the last two labels of the host: whose it is."""
        return ".".join(self.host.split(".")[-2:])


def repositories(tree: FileTree) -> tuple[Repository, ...]:
    """Return the repositories that apt is told of and that are not the distribution's, sorted."""
    folder = tree.children(SOURCES_D) if tree.get(SOURCES_D) else ()
    files = [SOURCES, *(path for path in folder if path.endswith((".list", ".sources")))]
    found = {
        Repository(source.host, path)
        for path in files[:MAX_FILES]
        for source in _sources(tree, path)
        if source.host and not _is_distributions(source)
    }
    return tuple(sorted(found, key=lambda one: (one.host, one.location)))


def vendor_of(record: DpkgRecord, foreign: Sequence[Repository]) -> str:
    """
    Return who built a package where something says that the distribution did not, else nothing.

    >>> from pratique.formats.packages.dpkg import parse_status
    >>> text = b"Package: nodejs\\nStatus: install ok installed\\nVersion: 20.1.0-1nodesource1\\n"
    >>> [vendor_of(record, ()) for record in parse_status(text)]
    ['NodeSource']
    """
    for mark, vendor in _MARKS:
        if mark.search(record.version):
            return vendor
    domain = record.maintainer.rpartition("@")[2].strip().rstrip(">").lower()
    for suffix, vendor in _ADDRESSES.items():
        if _is_within(domain, suffix):
            return vendor
    return next((one.domain for one in foreign if _is_within(domain, one.domain)), "")


def without_credit(
    foreign: Iterable[Repository], credited: Iterable[tuple[str, str]]
) -> list[Repository]:
    """Return the repositories whose packages could not be told; credited are (vendor, maintainer)."""
    domains = {
        maintainer.rpartition("@")[2].strip().rstrip(">").lower() for _, maintainer in credited
    }
    vendors = {vendor.lower() for vendor, _ in credited}
    return [
        one
        for one in foreign
        if one.domain not in vendors
        and not any(_is_within(domain, one.domain) for domain in domains)
        and _VENDOR_OF_HOST.get(one.domain, "").lower() not in vendors
    ]


def _sources(tree: FileTree, path: str) -> list[AptSource]:
    node = tree.get(path)
    if node is None or node.entry.size_bytes > MAX_BYTES:
        return []
    try:
        content = tree.read(path)
    except FormatError:
        return []  # not kept
    return (
        parse_deb822_sources(content) if path.endswith(".sources") else parse_sources_list(content)
    )


def _is_distributions(source: AptSource) -> bool:
    """Whether a repository is the distribution's own, or looks like a mirror of it."""
    if any(_is_within(source.host, own) for own in _OWN_HOSTS):
        return True
    if source.host in _NO_MIRRORS or not set(source.components) <= _OWN_COMPONENTS:
        return False
    return all(_OWN_SUITE.fullmatch(suite) for suite in source.suites) and bool(
        _MIRROR_PATH.search(source.uri)
    )


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


_OWN_HOSTS = (
    *("debian.org", "debian.net", "ubuntu.com", "devuan.org", "kali.org", "raspbian.org"),
    *("linuxmint.com", "freexian.com", "cloudfront.debian.net"),
)
_OWN_COMPONENTS = frozenset(
    ("main", "contrib", "non-free", "non-free-firmware", "restricted", "universe", "multiverse")
)
_OWN_SUITE = re.compile(
    r"(?:stable|oldstable|oldoldstable|testing|unstable|sid|experimental|jessie|stretch|buster|"
    r"bullseye|bookworm|trixie|forky|trusty|xenial|bionic|focal|jammy|noble|mantic|oracular|"
    r"plucky|questing)(?:[-/](?:security|updates|backports|proposed|proposed-updates|lts))*"
)
_MIRROR_PATH = re.compile(r"(?:debian|ubuntu)[^/]{0,60}/?$", re.IGNORECASE)
_NO_MIRRORS = frozenset(("deb.mariadb.org", "download.docker.com", "repo.mysql.com"))
_MARKS = (
    (re.compile(r"nodesource"), "NodeSource"),
    (re.compile(r"\.pgdg\d"), "PGDG"),
    (re.compile(r"[+~]maria~"), "MariaDB"),
    (re.compile(r"\+0~\d{8}\.\d+\+|\+deb\.sury\.org"), "deb.sury.org"),
)
"""Marks of vendors' builds; PGDG is PostgreSQL's own repository."""
_ADDRESSES = {
    "docker.com": "Docker",
    "f5.com": "nginx",
    "nginx.com": "nginx",
    "nodesource.com": "NodeSource",
    "hashicorp.com": "HashiCorp",
    "grafana.com": "Grafana",
    "elastic.co": "Elastic",
    "datadoghq.com": "Datadog",
    "gitlab.com": "GitLab",
    "confluent.io": "Confluent",
    "influxdata.com": "InfluxData",
    "kubernetes.io": "Kubernetes",
    "oss.oracle.com": "MySQL",
}
"""Domains from which vendors maintain their own repositories and no package of a distribution."""
_VENDOR_OF_HOST = {
    "postgresql.org": "PGDG",
    "sury.org": "deb.sury.org",
    "mysql.com": "MySQL",
    "mariadb.org": "MariaDB",
    "nginx.org": "nginx",
    "k8s.io": "Kubernetes",
}
"""Repositories whose host is not the domain of their maintainers."""
