"""
Name the advisory data that speak of packages of a programming language.

Law: a type has an ecosystem only where OSV has one for exactly these packages, whose names and
versions are theirs. Left out on purpose:

- conda: OSV has no such ecosystem. Most names are those of Python projects, but by far not all
  (``python``, ``openssl``, R packages under ``r-``), and conda builds carry patches. Python
  projects among them bring their own metadata, by which they are found and matched.
- CocoaPods, CPAN, LuaRocks, Nix, vcpkg, Conan, WordPress plugins: nobody publishes OSV records for
  them (ConanCenter has a name in the schema and no data).
- programs: see the matcher of programs.

Erlang applications (``otp``) are looked up among Hex packages: a release holds a package as the
application of the same name. Applications of Erlang itself are not on Hex.
Source: https://ossf.github.io/osv-schema/#defined-ecosystems.
"""

from urllib.parse import unquote

from pratique.model.package import Package, PackageType

ECOSYSTEMS = {
    PackageType.CARGO: "crates.io",
    PackageType.COMPOSER: "Packagist",
    PackageType.CRAN: "CRAN",
    PackageType.GEM: "RubyGems",
    PackageType.GITHUB: "GitHub Actions",
    PackageType.GOLANG: "Go",
    PackageType.HACKAGE: "Hackage",
    PackageType.HEX: "Hex",
    PackageType.JULIA: "Julia",
    PackageType.MAVEN: "Maven",
    PackageType.NPM: "npm",
    PackageType.NUGET: "NuGet",
    PackageType.OPAM: "opam",
    PackageType.OTP: "Hex",
    PackageType.PUB: "Pub",
    PackageType.PYPI: "PyPI",
    PackageType.SWIFT: "SwiftURL",
}
_SEPARATORS = {PackageType.MAVEN: ":"}


def ecosystem_of(package: Package) -> str:
    """
    Return the ecosystem that speaks of a package; empty where there is none.

    >>> from pratique.model.package import Purl
    >>> purl = Purl("pkg:cran/S4Vectors@0.40.2?repository_url=https://bioconductor.org")
    >>> ecosystem_of(Package(type=PackageType.CRAN, name="S4Vectors", version="0.40.2", purl=purl))
    'Bioconductor'
    """
    qualifiers = package.purl.partition("?")[2]
    if package.type is PackageType.CRAN and "bioconductor" in qualifiers.lower():
        return "Bioconductor"
    return ECOSYSTEMS.get(package.type, "")


def full_name(package: Package) -> str:
    """
    Return the name with its namespace, as advisories write it.

    Our extractors give it so. An SBOM often has the last part only, and its package URL the rest;
    the name is kept as written, since a package URL folds the case of some.

    >>> from pratique.model.package import Purl
    >>> purl = Purl("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1")
    >>> full_name(Package(type=PackageType.MAVEN, name="log4j-core", version="2.14.1", purl=purl))
    'org.apache.logging.log4j:log4j-core'
    """
    stated = _name_in_purl(package)
    last = stated.rpartition(_SEPARATORS.get(package.type, "/"))[2]
    return stated if stated and last.lower() == package.name.lower() else package.name or stated


def _name_in_purl(package: Package) -> str:
    path = package.purl.partition("?")[0].partition("#")[0].removeprefix(f"pkg:{package.type}/")
    name, at, _ = path.rpartition("@")
    parts = [unquote(part) for part in (name if at else path).split("/") if part]
    if not package.purl.startswith("pkg:"):
        return ""
    return _SEPARATORS.get(package.type, "/").join(parts)
