"""
List what ``stack.yaml.lock`` completes (Stack 2 and later).

Law: each of ``packages`` is one package, from Hackage (``name-version@hash``) or from an archive or
repository with a name and version. What the snapshot itself holds is not in the file.
Source: https://docs.haskellstack.org/en/stable/topics/lock_files/
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.haskell._hackage import split_identifier
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "stack_lock"
VERSION = 1
PATTERNS = Patterns(names=("stack.yaml.lock",), globs=("stack*.yaml.lock",), max_bytes=1 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a lock."""
    if inside_dependency(file.path):
        return Extraction()
    lock = mapping(parse_yaml(file.content()))
    if "packages" not in lock and "snapshots" not in lock:
        raise FormatError("neither packages nor snapshots is there")
    pins = Pins(NAME)
    for entry in items(lock.get("packages")):
        _add(pins, mapping(mapping(entry).get("completed")))
    return pins.done()


def _add(pins: Pins, completed: dict[str, Value]) -> None:
    name, version = text(completed.get("name")), text(completed.get("version"))
    if hackage := text(completed.get("hackage")):
        name, version = split_identifier(hackage)
        if not version:
            pins.leave_out(hackage)
            return
    pins.add(Pin(type=PackageType.HACKAGE, name=name, version=version))
