"""
List the crates that ``cargo auditable`` recorded in Rust programs.

Distributions (Alpine, Fedora, NixOS…) build with it. Law: every recorded crate is one package; what
only build scripts and macros needed is in scope ``development``; the program's own crates
(``local``), and those of another registry than crates.io, are unpublished: an advisory on the name
is about another crate. Crates from git are taken for the crate of that name.
Source: ``formats/programs/cargo_audit``.
"""

from collections.abc import Sequence

from pratique.extractors.interface import partly_read
from pratique.extractors.rust._crates import crate_purl
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.programs.cargo_audit import Crate, read_crates
from pratique.formats.programs.program import MAGICS, read_program
from pratique.kit.limits import DEFAULT
from pratique.model.errors import LimitExceeded
from pratique.model.package import Extraction, Package, PackageType, Scope
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Unknown

NAME = "cargo_auditable"
VERSION = 1
PATTERNS = Patterns(magics=MAGICS, max_bytes=DEFAULT.unit_file_bytes)

_PUBLISHED = frozenset({"crates.io", "git"})


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the crates of one Rust program; nothing for programs that record none.

    Raises:
        FormatError: a damaged program, or a damaged record.
        LimitExceeded: more crates or dependencies than any real program has.
    """
    program = read_program(file)
    crates = read_crates(file, program) if program else ()
    edges = sum(len(crate.dependencies) for crate in crates)
    if len(crates) > DEFAULT.packages or edges > DEFAULT.dependencies:
        raise LimitExceeded("too many crates in one program (packages)")
    packages: dict[tuple[str, str, str], Package] = {}
    damaged = []
    for crate in crates:
        if is_word(crate.name) and is_word(crate.version):
            package = _package(crate, crates)
            packages.setdefault((crate.name, crate.version, crate.source), package)
        else:
            damaged.append(crate.name)
    unknowns: tuple[Unknown, ...] = ()
    if damaged:
        reason = f"{len(damaged)} crates with impossible names, the first: {shown(damaged[0])}"
        unknowns = (partly_read(NAME, "", reason),)
    ordered = [packages[key] for key in sorted(packages)]
    return Extraction(packages=tuple(ordered), unknowns=unknowns)


def _package(crate: Crate, crates: Sequence[Crate]) -> Package:
    needed = {
        f"{crates[n].name}@{crates[n].version}" for n in crate.dependencies if 0 <= n < len(crates)
    }
    return Package(
        type=PackageType.CARGO,
        name=crate.name,
        version=crate.version,
        purl=crate_purl(crate.name, crate.version),
        depends=tuple(sorted(needed)),
        scope=Scope.DEVELOPMENT if crate.kind == "build" else Scope.RUNTIME,
        unpublished=crate.source not in _PUBLISHED,
        origin=NAME,
    )
