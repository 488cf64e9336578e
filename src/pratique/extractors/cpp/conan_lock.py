"""
List what ``conan.lock`` locks (Conan 1 and 2).

Law: Conan 2 lists references by use: ``requires`` is for running, ``build_requires``,
``python_requires`` and ``config_requires`` are for building. Conan 1 has a graph: what the root
leads to by ``requires`` is for running, the rest for building; nodes with a path are the project's
own.
Source: https://docs.conan.io/2/reference/commands/lock.html,
https://docs.conan.io/1/versioning/lockfiles.html
"""

from pratique.extractors._pins import Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.cpp._conan import pin_of
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "conan_lock"
VERSION = 1
PATTERNS = Patterns(names=("conan.lock",), globs=("conan*.lock",), max_bytes=16 << 20)
_BUILDING = ("build_requires", "python_requires", "config_requires")
_Nodes = dict[str, dict[str, Value]]


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a conan.lock."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(file.content(), dict[str, object])
    pins = Pins(NAME)
    if "graph_lock" in lock:
        _add_graph(pins, mapping(mapping(lock["graph_lock"]).get("nodes")))
    elif "requires" in lock or "build_requires" in lock:
        _add_list(pins, lock.get("requires"), Scope.RUNTIME)
        for field in _BUILDING:
            _add_list(pins, lock.get(field), Scope.DEVELOPMENT)
    else:
        raise FormatError("neither graph_lock nor requires is there")
    return pins.done()


def _add_list(pins: Pins, references: object, scope: Scope) -> None:
    for reference in items(references):
        # Lists of pairs [reference, revisions] are what Conan 2 wrote before 2.0.
        _add(pins, text(reference) or text(next(iter(items(reference)), "")), scope)


def _add(pins: Pins, reference: str, scope: Scope, depends: tuple[str, ...] = ()) -> None:
    pin = pin_of(reference, scope, depends)
    if pin:
        pins.add(pin)
    else:
        pins.leave_out(reference)


def _add_graph(pins: Pins, raw: dict[str, Value]) -> None:
    nodes: _Nodes = {number: mapping(node) for number, node in raw.items()}
    running = _running(nodes)
    for number, node in nodes.items():
        reference = _reference(node)
        if not reference or text(node.get("path")):
            continue
        needs = (_reference(nodes.get(text(one), {})) for one in items(node.get("requires")))
        depends = tuple(one.partition("/")[0] for one in needs if one)
        scope = Scope.RUNTIME if number in running else Scope.DEVELOPMENT
        _add(pins, reference, scope, depends)


def _reference(node: dict[str, Value]) -> str:
    return text(node.get("ref")) or text(node.get("pref"))


def _running(nodes: _Nodes) -> set[str]:
    """Return the nodes that the project's own lead to by ``requires``."""
    led_to = {
        text(one)
        for node in nodes.values()
        for field in ("requires", "build_requires")
        for one in items(node.get(field))
    }
    waiting = [number for number in nodes if number not in led_to]
    found: set[str] = set()
    while waiting:
        number = waiting.pop()
        if number in found or text(nodes.get(number, {}).get("context")) == "build":
            continue
        found.add(number)
        waiting.extend(text(one) for one in items(nodes.get(number, {}).get("requires")))
    return found
