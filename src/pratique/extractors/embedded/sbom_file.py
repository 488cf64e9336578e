"""
List the packages of SBOMs that lie in an image.

Their authors say what they put there; a scan cannot see it otherwise (programs linked statically,
libraries copied into a wheel: PEP 770). Laws: an OS package that an SBOM lists is left out where
the image has a package database of any distribution, for that is the better witness (Wolfi keeps an
SBOM for every apk package in ``var/lib/db/sbom``), and always where the SBOM came with a wheel,
whose libraries are those of the distribution it was built on. An SBOM inside an installed
dependency says what its authors used, not what is there; the one of a wheel is the exception, whose
Python projects have their own metadata beside it. Crates that were built from a local folder are
listed as never published, and their targets not at all; what has no version is left out. A file
whose name only may be an SBOM's is one if it says so.

Bounds: 200 documents of 32 MiB; each as ``formats.sbom.reading`` bounds it.
"""

from msgspec.structs import replace

from pratique.extractors._places import inside_dependency
from pratique.extractors.interface import partly_read
from pratique.formats.sbom.reading import read_sbom
from pratique.model.errors import FormatError
from pratique.model.package import OS_TYPES, Extraction, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import Unknown

NAME = "sbom_file"
VERSION = 1
MOST_DOCUMENTS = 200
_CERTAIN = (".spdx.json", ".cdx.json", ".cyclonedx.json", ".spdx")
PATTERNS = Patterns(
    suffixes=(*_CERTAIN, ".bom.json", ".sbom.json", "-sbom.json"),
    names=("bom.json", "sbom.json"),
    globs=("sbom/*.json", "sboms/*.json"),
    max_bytes=32 << 20,
)
_SAYS_SO = (b'"bomFormat"', b'"spdxVersion"')
_WHEEL = ".dist-info/sboms/"
_APK_DOCUMENTS = "var/lib/db/sbom/"
_DATABASES = (
    "lib/apk/db/installed",
    "usr/lib/apk/db/installed",
    "var/lib/dpkg/status",
    "var/lib/dpkg/status.d",
    "var/lib/rpm",
    "usr/lib/sysimage/rpm",
    "usr/share/rpm",
    "var/lib/pacman/local",
    "usr/lib/opkg/status",
    "var/lib/opkg/status",
)


def extract(tree: FileTree) -> Extraction:
    """Return what the documents list, less what a package database knows better."""
    found: dict[str, Package] = {}
    unknowns: list[Unknown] = []
    has_database = any(tree.get(path) is not None for path in _DATABASES)
    documents = [path for path in tree.matching(PATTERNS) if _counts(path, has_database)]
    for path in documents[MOST_DOCUMENTS:][:1]:
        reason = f"{len(documents)} SBOMs; those from here on were not read"
        unknowns.append(partly_read(NAME, path, reason))
    for path in documents[:MOST_DOCUMENTS]:
        try:
            packages, odd = _read(tree, path, os_packages=not has_database and _WHEEL not in path)
        except FormatError as error:
            unknowns.append(partly_read(NAME, path, str(error)))
            continue
        found.update((package.key, package) for package in packages)
        unknowns += odd
    return Extraction(packages=tuple(found.values()), unknowns=tuple(unknowns))


def _counts(path: str, has_database: bool) -> bool:
    if path.startswith(_APK_DOCUMENTS) and has_database:
        return False
    if path.startswith("opt/bitnami/") and "/.spdx-" in path:
        return False
    return _WHEEL in path or not inside_dependency(path)


def _read(tree: FileTree, path: str, *, os_packages: bool) -> tuple[list[Package], list[Unknown]]:
    content = tree.read(path)
    if not path.endswith(_CERTAIN) and not any(word in content for word in _SAYS_SO):
        return [], []
    listed = read_sbom(content)
    layer = tree.layer_of(path)
    left_out = frozenset() if os_packages else OS_TYPES
    if _WHEEL in path:
        left_out |= {PackageType.PYPI}
    packages = [
        replace(
            one, location=path, layer=layer, origin=NAME, declared=False, unpublished=_local(one)
        )
        for one in listed.packages
        if one.type not in left_out and one.version and not (_local(one) and "#" in one.purl)
    ]
    unknowns = [
        replace(one, unit=NAME, location=f"{path}!{one.location}") for one in listed.unknowns
    ]
    copied = sum(one.type in OS_TYPES for one in listed.packages) if _WHEEL in path else 0
    if copied:
        reason = (
            f"{copied} OS packages were copied into the wheel; advisories on them are not looked up"
        )
        unknowns.append(partly_read(NAME, path, reason))
    return packages, unknowns


def _local(package: Package) -> bool:
    return "download_url=file:" in package.purl
