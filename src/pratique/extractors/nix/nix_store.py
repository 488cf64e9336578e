"""
List packages of Nix: the store objects ``nix/store/HASH-NAME-VERSION[-OUTPUT]``.

The store keeps no list of its own that an image must have, so the names of its folders are what
there is. They are split as Nix's ``parseDrvName`` splits: the version begins behind the first dash
that no letter follows. Outputs of one package (``-bin``, ``-dev``) are one package. Files (sources,
patches, scripts, ``.drv``) are no packages, nor are folders without a version.
Bounds: one look at the names directly in the store, however many files are below.
Source: Nix manual, "Store Path"; NixOS/nix, src/libstore/names.cc (``DrvName``).
"""

from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import language_purl
from pratique.kit.limits import DEFAULT
from pratique.model.layer import EntryKind
from pratique.model.package import Extraction, LayerRef, Package, PackageType
from pratique.model.units import FileTree, Patterns

NAME = "nix_store"
VERSION = 1
PATTERNS = Patterns()
_STORE = "nix/store"
_HASH_CHARS = 32
_BASE_32 = frozenset("0123456789abcdfghijklmnpqrsvwxyz")
_OUTPUTS = frozenset(
    [
        "bin",
        "dev",
        "lib",
        "out",
        "man",
        "doc",
        "info",
        "devdoc",
        "devman",
        "static",
        "debug",
        "data",
        "tests",
        "py",
        "pythonPath",
        "dist",
        "terminfo",
        "getent",
        "include",
        "headers",
        "sharedlib",
        "modules",
        "icu",
        "python",
        "locale",
        "plugins",
        "xrdp",
        "cups",
        "gtk",
        "dbg",
        "lisp",
    ]
)


def extract(tree: FileTree) -> Extraction:
    """Return the packages whose folders are in the store."""
    found: dict[tuple[str, str], Package] = {}
    for path in tree.children(_STORE):
        name, version = split_store_name(path.rpartition("/")[2])
        if not version or (name, version) in found:
            continue
        node = tree.lstat(path)
        if (
            node is None
            or node.entry.kind is not EntryKind.DIRECTORY
            or not is_word(name + version)
        ):
            continue
        if len(found) >= DEFAULT.packages:
            reason = f"more than {DEFAULT.packages} packages (packages)"
            return Extraction(
                packages=tuple(found.values()), unknowns=(partly_read(NAME, _STORE, reason),)
            )
        found[name, version] = _package(name, version, path, node.layer)
    return Extraction(packages=tuple(found.values()))


def _package(name: str, version: str, path: str, layer: LayerRef | None) -> Package:
    return Package(
        type=PackageType.NIX,
        name=name,
        version=version,
        purl=language_purl(PackageType.NIX, name, version),
        location=path,
        layer=layer,
        origin=NAME,
    )


def split_store_name(base: str) -> tuple[str, str]:
    """
    Return name and version of ``HASH-NAME-VERSION-OUTPUT``; no version where it is no package.

    >>> split_store_name("h0cnbmfcn93xm5dg2x27ixhag1cwndga-glibc-2.34-210-bin")
    ('glibc', '2.34-210')
    >>> split_store_name("5zzrvdmlkc5rh3k5862krd3wfb3pqhyf-perl5.34.1-TimeDate-2.33")
    ('perl5.34.1-TimeDate', '2.33')
    >>> split_store_name("5q7vxm9lc4b9hifc3br4sr8dy7f2h0qa-source")
    ('', '')
    """
    digest, dash, rest = base[:_HASH_CHARS], base[_HASH_CHARS : _HASH_CHARS + 1], base[33:]
    if dash != "-" or not _BASE_32.issuperset(digest):
        return "", ""
    start, _, last = rest.rpartition("-")
    if last in _OUTPUTS and start:
        rest = start
    for at, char in enumerate(rest[:-1]):
        if char == "-" and at and not rest[at + 1].isalpha():
            return rest[:at], rest[at + 1 :]
    return "", ""
