"""
List the modules, and the standard library, that Go programs were built with.

Reads ELF, PE and Mach-O programs since Go 1.13, piecewise. The standard library is the package
``stdlib`` of the toolchain's version without ``go``; programs of the Go distribution itself
(``cmd/go``) are ``toolchain`` too, as the Go vulnerability database calls them. A replaced module
is its replacement. The main module at ``(devel)``, or at a version Go made up for want of a tag, is
listed as unpublished: no advisory can be about it.
Each module carries what of it is linked in, so that flaws in functions that are not there can be
told apart.

Said as Unknowns: programs packed with UPX, programs that do not record their modules (GOPATH,
Bazel) or had their build information taken out (garble), toolchains between releases, Go before
1.13. Source: ``formats/programs``; the Go vulnerability database, https://vuln.go.dev.
"""

import re

from pratique.extractors.go._linked import STDLIB, Functions, sort_functions
from pratique.extractors.go._versions import DEVEL, main_version, toolchain_version
from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.programs.go_buildinfo import BuildInfo, Module, read_buildinfo
from pratique.formats.programs.go_symbols import read_functions
from pratique.formats.programs.layout import Program
from pratique.formats.programs.program import MAGICS, read_program
from pratique.formats.programs.upx import is_packed
from pratique.formats.purl import language_purl
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Linked, Package, PackageType
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Unknown

NAME = "go_binary"
VERSION = 1
PATTERNS = Patterns(magics=MAGICS, max_bytes=DEFAULT.unit_file_bytes)

_RELEASE = re.compile(r"go[0-9]|devel")
_TOOLCHAIN = "toolchain"
_TABLE = ".gopclntab"


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the modules of one Go program; nothing for other programs.

    Raises:
        FormatError: a damaged program, or damaged build information.
    """
    program = read_program(file)
    if program is None:
        return Extraction()
    if is_packed(file, program):
        return _only("packed with UPX: what it contains is not visible")
    info = read_buildinfo(file, program)
    if info is None:
        old = program.part(_TABLE) is not None
        return _only("a Go program without build information") if old else Extraction()
    if info.main is None and not info.path and not _RELEASE.search(info.go):
        return _only("a Go program whose build information was taken out: nothing in it is known")
    functions, problem = _functions(file, program, info)
    unknowns = [problem] if problem else []
    unknowns += _doubts(info, functions)
    packages = []
    for package in _packages(info, functions):
        if is_word(package.name) and is_word(package.version):
            packages.append(package)
        else:
            reason = f"a module with an impossible name or version: {shown(package.name)}"
            unknowns.append(partly_read(NAME, "", reason))
    packages.sort(key=lambda package: (package.name, package.version))
    return Extraction(packages=tuple(packages), unknowns=tuple(unknowns[:_MAX_UNKNOWNS]))


def _only(reason: str) -> Extraction:
    return Extraction(unknowns=(partly_read(NAME, "", reason),))


def _functions(
    file: LayerFile, program: Program, info: BuildInfo
) -> tuple[Functions | None, Unknown | None]:
    """Return the functions by module; a damaged table costs reachability only, and is said."""
    system = info.settings.get("GOOS") or program.system
    arch = info.settings.get("GOARCH") or program.machine
    try:
        names = read_functions(file, program)
        return (sort_functions(names, info, system, arch) if names else None), None
    except FormatError as error:
        return None, partly_read(NAME, "", str(error))


def _doubts(info: BuildInfo, functions: Functions | None) -> list[Unknown]:
    found = []
    if not toolchain_version(info.go):
        found.append(f"its standard library cannot be matched: built with {shown(info.go)}")
    strangers = functions.strangers if functions else ()
    if strangers and not info.main:
        count = len(strangers)
        found.append(
            f"a Go program that does not record its modules: {count} packages are of unknown"
            f" version, the first: {shown(min(strangers))}"
        )
    elif not info.main and not functions:
        found.append("a Go program whose build information names no modules")
    return [partly_read(NAME, "", reason) for reason in found]


def _packages(info: BuildInfo, functions: Functions | None) -> list[Package]:
    linked = functions.modules if functions else {}
    found = []
    version = toolchain_version(info.go)
    found.append(_package(STDLIB, version or DEVEL, linked.get(STDLIB), not version))
    if info.main is None and info.path.startswith("cmd/") and version:
        found.append(_package(_TOOLCHAIN, version, linked.get(STDLIB)))
    if info.main is not None:
        main, published = main_version(info.main, info.settings)
        found.append(_package(info.main.path, main, linked.get(info.main.path), not published))
    for module in info.deps:
        used = _used(module)
        local = used.version == DEVEL
        found.append(_package(used.path, used.version, linked.get(module.path), local))
    return found


def _used(module: Module) -> Module:
    """Return what the program was built with; a folder in a module's place has no version."""
    if module.replaced is None:
        return Module(module.path, module.version or DEVEL)
    return module.replaced if module.replaced.version else Module(module.path, DEVEL)


def _package(name: str, version: str, linked: Linked | None, unpublished: bool = False) -> Package:
    return Package(
        type=PackageType.GOLANG,
        name=name,
        version=version,
        purl=language_purl(PackageType.GOLANG, name, version),
        linked=linked,
        unpublished=unpublished,
        origin=NAME,
    )


_MAX_UNKNOWNS = 20
