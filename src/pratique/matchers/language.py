"""
Match packages of programming languages by the semantics of OSV.

Law (OSV, "Evaluation"): a version is affected when a range holds it in the ecosystem's own order,
or the record lists it. Names are spelt as the ecosystem compares them. A version that the
ecosystem's own tool would not accept is undecided, never a match nor a miss. What nobody published
has no advisories.
"""

from urllib.parse import unquote

from pratique.formats.feeds.package_names import normal_name
from pratique.formats.versions.order import check_installed
from pratique.matchers._findings import findings_of, unmatched
from pratique.matchers._queries import Query, claims_for
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType

NAME = "language"
ECOSYSTEMS = {
    PackageType.CARGO: "crates.io",
    PackageType.COMPOSER: "Packagist",
    PackageType.CRAN: "CRAN",
    PackageType.GEM: "RubyGems",
    PackageType.GOLANG: "Go",
    PackageType.HACKAGE: "Hackage",
    PackageType.HEX: "Hex",
    PackageType.MAVEN: "Maven",
    PackageType.NPM: "npm",
    PackageType.NUGET: "NuGet",
    PackageType.PUB: "Pub",
    PackageType.PYPI: "PyPI",
    PackageType.SWIFT: "SwiftURL",
}
TYPES = frozenset(ECOSYSTEMS)
_SEPARATORS = {PackageType.MAVEN: ":"}
_DEVEL = "(devel)"
"""Go's word for the tree a program was built from, which has no version."""


def ecosystems(package: Package, distro: Distro | None) -> tuple[str, ...]:
    """Return the ecosystem of the package's language."""
    return (ECOSYSTEMS[package.type],)


def match(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> Matched:
    """Return the findings for one package, sorted by rule."""
    if package.unpublished or package.version == _DEVEL:
        return Matched()
    ecosystem = ECOSYSTEMS[package.type]
    name = normal_name(ecosystem, full_name(package))
    query = Query(ecosystem=ecosystem, name=name, version=package.version)
    try:
        if lookup.candidates(ecosystem, name):
            check_installed(ecosystem, package.version)
        claims = claims_for((query,), lookup)
    except FormatError as error:
        return Matched(unknowns=(unmatched(package, str(error), NAME),))
    return findings_of(package, claims, NAME)


def full_name(package: Package) -> str:
    """
    Return the name with its namespace, as advisories write it.

    >>> from pratique.model.package import Purl
    >>> purl = Purl("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1")
    >>> full_name(Package(type=PackageType.MAVEN, name="log4j-core", version="2.14.1", purl=purl))
    'org.apache.logging.log4j:log4j-core'
    """
    path = package.purl.partition("?")[0].partition("#")[0].removeprefix(f"pkg:{package.type}/")
    name, at, _ = path.rpartition("@")
    parts = [unquote(part) for part in (name if at else path).split("/") if part]
    if not package.purl.startswith("pkg:") or not parts:
        return package.name
    return _SEPARATORS.get(package.type, "/").join(parts)
