"""
Match programs that no package manager installed, and components of Bitnami's images.

Whose word is asked, the best first: the publisher's own advisories where it has a feed of them
(Node.js; Go's for its toolchain), Bitnami's, which follow the upstream versions of about 200
programs, and only for programs that neither knows, the CPE configurations of the National
Vulnerability Database. These name products and not builds, and often say no more than a range, so
what rests on them has low confidence; Bitnami's word on a program that it did not build has medium.

Bitnami's own revision (``-3`` of ``1.27.2-3``) says nothing about the upstream version and is left
out; so are the patch levels of Ruby (``p191``).
"""

import re
from collections.abc import Iterator

from pratique.formats.cpe import parse_cpe
from pratique.formats.known_programs import PRODUCTS, PROGRAMS
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import Query, claims_for
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.package import Package, PackageType

NAME = "program"
TYPES = frozenset({PackageType.GENERIC, PackageType.BITNAMI})

ON_REQUEST = frozenset({"NVD"})
"""
Data that no scan fetches by itself: hundreds of megabytes for findings of low confidence.

What ``db update NVD`` brought is used.
"""

_UPSTREAM = "Bitnami's data on the same upstream version"
_CONFIGURATION = "by the product's name in the National Vulnerability Database"
_NUMBERS = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})(.*)", re.DOTALL)
_PRE = re.compile(
    r"[-.]?(alpha|beta|rc|preview|dev|[ab](?=[0-9]))[-.]?([0-9]{0,9})\b", re.IGNORECASE
)
_RELEASE_DATE = re.compile(r"RELEASE\.([0-9]{4})-([0-9]{2})-([0-9]{2})T[0-9-]{8}Z")


def ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return where advisories on the program are, empty where nobody has any."""
    return tuple(dict.fromkeys(query.ecosystem for query in queries(package, distro)))


def queries(package: Package, distro: Distro | None) -> Iterator[Query]:
    """Yield what to look up for one program."""
    if package.type is PackageType.BITNAMI:
        version = upstream_version(package.version)
        yield Query(ecosystem="Bitnami", name=package.name, version=version)
        return
    own = list(_published(package))
    yield from own or _configurations(package)


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one program, sorted by rule."""
    try:
        claims = claims_for(queries(package, distro), lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, claims, NAME)


def upstream_version(version: str) -> str:
    """
    Return a version as Bitnami's advisories write it: a semantic version of the upstream release.

    >>> upstream_version("1.27.2-3"), upstream_version("2.7.4p191"), upstream_version("15beta4")
    ('1.27.2', '2.7.4', '15-beta.4')
    >>> upstream_version("RELEASE.2023-09-04T19-57-37Z")
    '2023.9.4'
    """
    date = _RELEASE_DATE.fullmatch(version)
    if date:
        return ".".join(str(int(part)) for part in date.groups())
    numbers = _NUMBERS.fullmatch(version)
    if numbers is None:
        return version
    pre = _PRE.match(numbers[2])
    if pre is None:
        return numbers[1]
    return f"{numbers[1]}-{pre[1].lower()}" + (f".{int(pre[2])}" if pre[2] else "")


def _published(package: Package) -> Iterator[Query]:
    identity = PROGRAMS.get(package.name)
    if identity is None:
        return
    version = upstream_version(package.version)
    if identity.node:
        yield Query(ecosystem="Node.js", name="node", version=package.version)
    if identity.go:
        yield Query(ecosystem="Go", name=identity.go, version=f"v{version}")
    if identity.bitnami:
        yield Query(
            ecosystem="Bitnami",
            name=identity.bitnami,
            version=version,
            confidence=Confidence.MEDIUM,
            note=_UPSTREAM,
        )


def _configurations(package: Package) -> Iterator[Query]:
    identity = PROGRAMS.get(package.name)
    named = identity.cpes if identity else tuple(_products(package))
    for product in dict.fromkeys(named):
        yield Query(
            ecosystem="NVD",
            name=product,
            version=package.version,
            confidence=Confidence.LOW,
            note=_CONFIGURATION,
        )


def _products(package: Package) -> Iterator[str]:
    """Yield the products of CPE names that an SBOM gave, as far as data on them are kept."""
    for text in package.cpes:
        try:
            product = parse_cpe(text).product
        except FormatError:
            continue
        if product in PRODUCTS:
            yield product
