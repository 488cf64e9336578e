"""
List the Perl distributions that cpanm, Carton or cpm installed (``.meta/NAME-VERSION/``).

Law: a folder with ``install.json`` or ``MYMETA.json`` below ``.meta`` of a library is one installed
distribution; the first says where on CPAN it came from and which modules it provides, the second
its licences and the modules it needs. Needs are told as distributions, where one in the image
provides the module.
Bounds: ``Limits.packages`` folders.
Source: App::cpanminus::script (save_meta); CPAN::Meta::Spec
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.extractors.interface import partly_read
from pratique.extractors.perl._distributions import author_of, split_distribution
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import package_url
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import Unknown

NAME = "perl_meta"
VERSION = 1
_INSTALL, _META = "install.json", "MYMETA.json"
PATTERNS = Patterns(globs=(f".meta/*/{_INSTALL}", f".meta/*/{_META}"), max_bytes=4 << 20)
_NO_LICENCES = frozenset(("", "unknown"))


class _Installed(Struct, frozen=True):
    name: str
    version: str
    location: str
    install: dict[str, Value]
    meta: dict[str, Value]


def extract(tree: FileTree) -> Extraction:
    """Return the distributions of all libraries in the tree."""
    found: list[_Installed] = []
    unknowns: list[Unknown] = []
    folders: dict[str, dict[str, str]] = {}
    for path in tree.matching(PATTERNS):
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, {})[name] = path
        if len(folders) > DEFAULT.packages:
            raise LimitExceeded(f"more than {DEFAULT.packages} packages (packages)")
    for folder, files in folders.items():
        try:
            found.append(_installed(tree, folder, files))
        except FormatError as error:
            unknowns.append(partly_read(NAME, folder, str(error)))
    providers = {
        module: one.name for one in found for module in mapping(one.install.get("provides"))
    }
    packages = tuple(_package(tree, one, providers) for one in found)
    return Extraction(packages=packages, unknowns=tuple(unknowns))


def _installed(tree: FileTree, folder: str, files: dict[str, str]) -> _Installed:
    install, meta = (_document(tree, files.get(name, "")) for name in (_INSTALL, _META))
    name, version = split_distribution(text(install.get("dist")) or folder.rpartition("/")[2])
    if not version:
        # The author's own spelling stands where the folder's name cannot be split.
        name, version = text(meta.get("name")), text(meta.get("version"))
    if not is_word(name) or not is_word(version):
        raise FormatError("neither its folder nor its files say a name and version")
    return _Installed(name, version, files.get(_INSTALL) or files[_META], install, meta)


def _package(tree: FileTree, one: _Installed, providers: dict[str, str]) -> Package:
    author = author_of(text(one.install.get("pathname")))
    licences = {text(licence) for licence in items(one.meta.get("license"))}
    depends = {providers[module] for module in _modules(one.meta) if module in providers}
    return Package(
        type=PackageType.CPAN,
        name=one.name,
        version=one.version,
        purl=package_url("cpan", one.name, one.version, author),
        licences=tuple(sorted(licences - _NO_LICENCES)),
        depends=tuple(sorted(depends - {one.name})),
        location=one.location,
        layer=tree.layer_of(one.location),
        origin=NAME,
    )


def _document(tree: FileTree, path: str) -> dict[str, Value]:
    return mapping(parse_json(tree.read(path), dict[str, object])) if path else {}


def _modules(meta: dict[str, Value]) -> Iterator[str]:
    runtime = mapping(mapping(meta.get("prereqs")).get("runtime"))
    return iter(mapping(runtime.get("requires")))
