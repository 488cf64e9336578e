"""
List what ``go.mod`` requires.

Law: each requirement is one package at the version it names, which since Go 1.17 is the one that is
built; before, modules that only dependencies need are missing. A replaced module is its
replacement; one replaced by a folder, and one whose required version is excluded, is left out. The
module itself has no version. ``go`` and ``toolchain`` name the least Go that may build it, not the
one that did, so the standard library is not listed (as Trivy and Syft do by default).
Source: https://go.dev/ref/mod#go-mod-file.
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import ignored_by_go, inside_dependency
from pratique.formats.packages.go_mod import GoMod, Requirement, parse_go_mod
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "go_mod"
VERSION = 1
PATTERNS = Patterns(names=("go.mod",), max_bytes=4 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the modules of a go.mod; none of one inside a dependency or among test data.

    Raises:
        FormatError: no go.mod.
    """
    if inside_dependency(file.path) or ignored_by_go(file.path):
        return Extraction()
    pins = Pins(NAME)
    for module in _built(parse_go_mod(file.content())):
        pins.add(Pin(type=PackageType.GOLANG, name=module.path, version=module.version))
    return pins.done()


def _built(mod: GoMod) -> list[Requirement]:
    """Return what is built with: requirements after replacement."""
    excluded = set(mod.excludes)
    # A replacement of one version goes before one of every version.
    replaced = {(one.path, one.version): one.by for one in mod.replaces}
    found = []
    for wanted in mod.requires:
        new = replaced.get((wanted.path, wanted.version)) or replaced.get((wanted.path, ""))
        if wanted not in excluded and (new is None or new.version):
            found.append(new or wanted)
    return found
