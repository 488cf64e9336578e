"""
List what ``Podfile.lock`` of CocoaPods pins.

``PODS`` lists pods and their subspecs (``Firebase/Core``) with what each needs; a subspec is a part
of its pod and has its version, so the pod is listed once. Pods of ``EXTERNAL SOURCES`` with a path
are the project's own code; they are listed, and no advisory data speaks of CocoaPods.
Source: https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock;
CocoaPods/Core, lib/cocoapods-core/lockfile.rb
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "podfile_lock"
VERSION = 1
PATTERNS = Patterns(names=("Podfile.lock",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the pods that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    document = mapping(parse_yaml(file.content()))
    if "PODS" not in document:
        raise FormatError("no lock file of CocoaPods: no PODS")
    pins = Pins(NAME)
    for line, needs in _pods(document["PODS"]):
        name, version = _split(line)
        if not version:
            pins.leave_out(line)
            continue
        depends = {_split(need)[0] for need in needs} - {name}
        pins.add(
            Pin(
                type=PackageType.COCOAPODS,
                name=name,
                version=version,
                depends=tuple(sorted(depends)),
            )
        )
    return pins.done()


def _pods(listed: Value) -> Iterator[tuple[str, list[str]]]:
    """Yield ``name (version)`` and what it needs: an entry is text, or a mapping of one key."""
    for entry in items(listed):
        if isinstance(entry, str):
            yield entry, []
        for line, needs in mapping(entry).items():
            yield line, [text(need) for need in items(needs)]


def _split(line: str) -> tuple[str, str]:
    """
    Return pod and version of a line.

    >>> _split("Firebase/Core (6.31.1)"), _split("nanopb (= 1.3)"), _split("Alamofire")
    (('Firebase', '6.31.1'), ('nanopb', '= 1.3'), ('Alamofire', ''))
    """
    name, _, rest = line.partition(" (")
    return name.partition("/")[0], rest.partition(")")[0]
