"""
List what ``Package.resolved`` of the Swift Package Manager pins, in versions 1 to 3.

A package is named by its address without scheme and ``.git`` (``github.com/apple/swift-nio``), as
advisories name it; one from a package registry by its identity; one in a folder too, as
unpublished. A pin to a branch or commit states no version and is left out.
Source: swiftlang/swift-package-manager, Sources/PackageGraph/ResolvedPackagesStore.swift
"""

from msgspec import Struct, field

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "package_resolved"
VERSION = 1
PATTERNS = Patterns(names=("Package.resolved",), max_bytes=4 << 20)


class _State(Struct):
    version: str | None = None


class _Pin(Struct):
    identity: str = ""
    package: str = ""
    location: str = ""
    kind: str = ""
    repository_url: str = field(default="", name="repositoryURL")
    state: _State = field(default_factory=_State)


class _Pinned(Struct):
    pins: list[_Pin] | None = None


class _Resolved(Struct):
    version: int
    pins: list[_Pin] | None = None
    object: _Pinned | None = None


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the file pins to a version."""
    if inside_dependency(file.path):
        return Extraction()
    resolved = parse_json(file.content(), _Resolved)
    found = resolved.pins if resolved.object is None else resolved.object.pins
    if found is None:
        raise FormatError("no Package.resolved: no pins")
    pins = Pins(NAME)
    for pin in found:
        if not pin.state.version:
            continue
        name = address(pin.location or pin.repository_url) or pin.identity or pin.package
        own = pin.kind in ("fileSystem", "localSourceControl")
        pins.add(
            Pin(
                type=PackageType.SWIFT,
                name=pin.identity if own else name,
                version=pin.state.version,
                unpublished=own,
            )
        )
    return pins.done()


def address(url: str) -> str:
    """
    Return host and path of a repository, however its address is written.

    >>> address("https://user@GitHub.com/apple/swift-nio.git/")
    'github.com/apple/swift-nio'
    >>> address("git@github.com:apple/swift-nio.git"), address("ssh://git@host:22/a/b"), address("")
    ('github.com/apple/swift-nio', 'host/a/b', '')
    """
    scheme, mark, rest = url.partition("://")
    rest = rest if mark else scheme
    host, slash, path = rest.partition("/")
    host = host.rpartition("@")[2]
    if ":" in host:
        host, _, start = host.partition(":")
        # host:owner/name of scp, but host:22/owner/name is a port.
        path = path if start.isdigit() else f"{start}{slash}{path}"
    bare = path.strip("/").removesuffix(".git").rstrip("/")
    return f"{host.lower()}/{bare}" if host and bare else ""
