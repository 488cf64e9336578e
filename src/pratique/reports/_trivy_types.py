"""
Say what Trivy calls systems, kinds of packages and licences: its importers sort by these words.

Source: github.com/aquasecurity/trivy, pkg/fanal/types/const.go, pkg/scan/langpkg/scan.go,
pkg/licensing (categories of github.com/google/licenseclassifier).
"""

from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType

_FAMILIES = {
    "almalinux": "alma",
    "amzn": "amazon",
    "azurelinux": "azurelinux",
    "mariner": "cbl-mariner",
    "ol": "oracle",
    "opensuse": "opensuse-leap",
    "rhel": "redhat",
    "sle-micro": "slem",
    "sl-micro": "slem",
}
_INSTALLED = {
    PackageType.CARGO: "rustbinary",
    PackageType.COMPOSER: "composer-vendor",
    PackageType.CONDA: "conda-pkg",
    PackageType.GEM: "gemspec",
    PackageType.GOLANG: "gobinary",
    PackageType.MAVEN: "jar",
    PackageType.NPM: "node-pkg",
    PackageType.NUGET: "dotnet-core",
    PackageType.PYPI: "python-pkg",
}
_LOCKFILES = {
    "Cargo.lock": "cargo",
    "Gemfile.lock": "bundler",
    "Package.resolved": "swift",
    "Pipfile.lock": "pipenv",
    "Podfile.lock": "cocoapods",
    "bun.lock": "bun",
    "composer.lock": "composer",
    "conan.lock": "conan",
    "go.mod": "gomod",
    "gradle.lockfile": "gradle",
    "mix.lock": "hex",
    "package-lock.json": "npm",
    "packages.lock.json": "nuget",
    "pnpm-lock.yaml": "pnpm",
    "poetry.lock": "poetry",
    "pom.xml": "pom",
    "pubspec.lock": "pub",
    "requirements.txt": "pip",
    "uv.lock": "uv",
    "yarn.lock": "yarn",
}
TARGETS = {
    "conda-pkg": "Conda",
    "gemspec": "Ruby",
    "jar": "Java",
    "node-pkg": "Node.js",
    "python-pkg": "Python",
}
"""Types whose packages stand together under one target, each with its own path."""

CATEGORIES = (
    ("network-copyleft", "forbidden"),
    ("strong-copyleft", "restricted"),
    ("weak-copyleft", "reciprocal"),
    ("permissive", "notice"),
    ("public-domain", "unencumbered"),
)
"""What a rule on licences has in its name → Trivy's category; anything else is unknown."""


def family(distro: Distro) -> str:
    """
    Return Trivy's word for a distribution.

    >>> family(Distro(id="rhel", version="9"))
    'redhat'
    """
    return _FAMILIES.get(distro.id, distro.id)


def language_type(package: Package) -> str:
    """Return Trivy's word for a package of a language: by its lockfile, else as installed."""
    if package.declared:
        name = package.location.rpartition("!")[2].rpartition("/")[2]
        if name in _LOCKFILES:
            return _LOCKFILES[name]
    return _INSTALLED.get(package.type, package.type.value)


def licence_category(rule: str) -> str:
    """
    Return Trivy's category of a licence finding.

    >>> licence_category("network-copyleft-licence"), licence_category("unknown-licence")
    ('forbidden', 'unknown')
    """
    return next((category for part, category in CATEGORIES if part in rule), "unknown")
