"""
List the components of Bitnami's images by the SPDX documents that lie beside each.

``opt/bitnami/<component>/.spdx-<component>.spdx`` is SPDX 2 (JSON, in older images tag-value) with
the component and what was built into it, each under a package URL of the type ``bitnami``. Images
from before 2022 have only ``opt/bitnami/.bitnami_components.json``, name by name with the version;
a component that both name counts once. What has no version (the source of the component itself) is
left out.

Source: https://github.com/bitnami/vulndb, purl-spec (type ``bitnami``).
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pratique.extractors.interface import partly_read
from pratique.formats.documents.json import parse_json
from pratique.formats.purl import package_url
from pratique.formats.sbom.reading import read_sbom
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import Unknown

NAME = "bitnami"
VERSION = 1
_COMPONENTS = "opt/bitnami/.bitnami_components.json"
PATTERNS = Patterns(paths=(_COMPONENTS,), globs=("opt/bitnami/*/.spdx-*.spdx",), max_bytes=16 << 20)


class _Component(Struct):
    version: str
    arch: str = ""
    distro: str = ""


def extract(tree: FileTree) -> Extraction:
    """Return the components, each once."""
    found: dict[str, Package] = {}
    unknowns: list[Unknown] = []
    for path in tree.matching(PATTERNS):
        if path == _COMPONENTS:
            continue
        try:
            listed, odd = _listed(tree, path)
        except FormatError as error:
            unknowns.append(partly_read(NAME, path, str(error)))
            continue
        found.update((package.key, package) for package in listed)
        unknowns += odd
    known = {(package.name, package.version) for package in found.values()}
    if tree.get(_COMPONENTS) is not None:
        try:
            for package in _components(tree):
                if (package.name, package.version) not in known:
                    found[package.key] = package
        except FormatError as error:
            unknowns.append(partly_read(NAME, _COMPONENTS, str(error)))
    return Extraction(packages=tuple(found.values()), unknowns=tuple(unknowns))


def _listed(tree: FileTree, path: str) -> tuple[list[Package], list[Unknown]]:
    content = read_sbom(tree.read(path))
    layer = tree.layer_of(path)
    packages = [
        replace(one, location=path, layer=layer, origin=NAME, declared=False)
        for one in content.packages
        if one.version
    ]
    return packages, [
        replace(one, unit=NAME, location=f"{path}!{one.location}") for one in content.unknowns
    ]


def _components(tree: FileTree) -> Iterator[Package]:
    layer = tree.layer_of(_COMPONENTS)
    for name, raw in parse_json(tree.read(_COMPONENTS), dict[str, msgspec.Raw]).items():
        one = parse_json(bytes(raw), _Component)
        qualifiers = {"arch": one.arch, "distro": one.distro}
        yield Package(
            type=PackageType.BITNAMI,
            name=name,
            version=one.version,
            purl=package_url("bitnami", name, one.version, qualifiers=qualifiers),
            arch=one.arch,
            location=_COMPONENTS,
            layer=layer,
            origin=NAME,
        )
