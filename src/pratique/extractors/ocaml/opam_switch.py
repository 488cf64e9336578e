"""
List the OCaml packages that opam installed (``switch-state`` of a switch).

Law: each ``name.version`` under ``installed`` is one package; opam copies the description of each
to ``packages/name.version/opam`` beside it, which says its licence and needs.
Source: https://opam.ocaml.org/doc/Manual.html#switch-state (.opam-switch/switch-state)
"""

from collections.abc import Sequence

from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.packages.opam import Token, formula, opam_fields, strings
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import Unknown

NAME = "opam_switch"
VERSION = 1
_STATE = ".opam-switch/switch-state"
PATTERNS = Patterns(globs=(_STATE, ".opam-switch/packages/*/opam"), max_bytes=512 << 10)
_STATES = Patterns(globs=(_STATE,))


def extract(tree: FileTree) -> Extraction:
    """Return the packages of all switches in the tree."""
    packages: list[Package] = []
    unknowns: list[Unknown] = []
    for state in tree.matching(_STATES):
        try:
            names = strings(opam_fields(tree.read(state)).get("installed", ()))
        except FormatError as error:
            unknowns.append(partly_read(NAME, state, str(error)))
            continue
        installed = frozenset(name.partition(".")[0] for name in names)
        for name in dict.fromkeys(names):
            bare, _, version = name.partition(".")
            if is_word(bare) and is_word(version):
                packages.append(_package(tree, state, name, installed))
            else:
                unknowns.append(partly_read(NAME, state, f"no name and version: {shown(name)}"))
    return Extraction(packages=tuple(packages), unknowns=tuple(unknowns))


def _package(tree: FileTree, state: str, full: str, installed: frozenset[str]) -> Package:
    name, _, version = full.partition(".")
    fields = _description(tree, f"{state.rpartition('/')[0]}/packages/{full}/opam")
    needs = {one for one, _ in formula(fields.get("depends", ()))}
    return Package(
        type=PackageType.OPAM,
        name=name,
        version=version,
        purl=language_purl(PackageType.OPAM, name, version),
        licences=strings(fields.get("license", ())),
        depends=tuple(sorted(needs & installed)),
        location=state,
        layer=tree.layer_of(state),
        origin=NAME,
    )


def _description(tree: FileTree, path: str) -> dict[str, Sequence[Token]]:
    """Return the fields of the description, none where it is not there or cannot be read."""
    if ".." in path.split("/") or tree.get(path) is None:
        return {}
    try:
        return dict(opam_fields(tree.read(path)))
    except FormatError:
        # The package is known from the state; only its licence and needs are not.
        return {}
