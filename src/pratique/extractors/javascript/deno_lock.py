"""
List what ``deno.lock`` pins from npm and JSR, of versions 2 to 5.

npm's packages are ``name@version``, with ``_peer@version`` behind them where peers matter. JSR's
are listed as ``generic`` with JSR as the repository: OSV has no ecosystem for it. Modules that are
imported by address (``remote``) have no package. It does not say what is for development.
Source: denoland/deno_lockfile, src/lib.rs and src/transforms.rs;
https://docs.deno.com/runtime/fundamentals/modules/
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._npm import is_name, is_version, split_reference
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.purl import package_url
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "deno_lock"
VERSION = 1
PATTERNS = Patterns(names=("deno.lock",), max_bytes=16 << 20)
_JSR = {"repository_url": "https://jsr.io"}


class _Lock(Struct):
    version: object = None
    packages: object = None
    npm: object = None
    jsr: object = None
    specifiers: object = None


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(file.content(), _Lock)
    if lock.version is None:
        raise FormatError("no lock file of Deno: no version")
    pins = Pins(NAME)
    # Version 2 keeps packages in npm.packages, version 3 in packages.npm, later ones in npm.
    old = mapping(lock.packages)
    npm = mapping(mapping(lock.npm).get("packages") or old.get("npm") or lock.npm)
    for key, entry in npm.items():
        _add_npm(pins, key, mapping(entry).get("dependencies"), npm)
    specifiers = mapping(old.get("specifiers") or lock.specifiers)
    for key, entry in mapping(old.get("jsr") or lock.jsr).items():
        _add_jsr(pins, key, items(mapping(entry).get("dependencies")), specifiers)
    return pins.done()


def _add_npm(pins: Pins, key: str, needs: object, npm: Mapping[str, object]) -> None:
    name, version = _package(key)
    if not is_name(name) or not is_version(version):
        pins.leave_out(key)
        return
    # Until version 3 a mapping of name to key, then a list of keys, or of names with one version.
    wanted = [text(need) for need in (*mapping(needs).values(), *items(needs))]
    depends = tuple("@".join(_package(need)).rstrip("@") for need in wanted)
    pins.add(Pin(type=PackageType.NPM, name=name, version=version, depends=depends))


def _add_jsr(pins: Pins, key: str, needs: list[Value], specifiers: Mapping[str, object]) -> None:
    name, version = split_reference(key)
    if not is_name(name) or not is_version(version):
        pins.leave_out(key)
        return
    scope, _, bare = name.rpartition("/")
    wanted = [text(specifiers.get(text(need))) or text(need) for need in needs]
    pins.add(
        Pin(
            type=PackageType.GENERIC,
            name=name,
            version=version,
            purl=package_url("generic", bare, version, scope, _JSR),
            depends=tuple(
                _resolved(text(need), name_) for need, name_ in zip(needs, wanted, strict=True)
            ),
        )
    )


def _resolved(need: str, found: str) -> str:
    """Return ``name@version``: specifiers give the version alone, or the whole reference."""
    reference = need.partition(":")[2]
    if ":" in found:
        return "@".join(_package(found.partition(":")[2]))
    return f"{split_reference(reference)[0]}@{_package('x@' + found)[1]}"


def _package(key: str) -> tuple[str, str]:
    """Return name and version; what stands behind ``_`` in the version are its peers."""
    name, version = split_reference(key)
    return name, version.partition("_")[0]
