"""Find dependencies of services that cannot be met."""

from collections.abc import Iterable, Iterator

from pratique.checks.compose.interface import ComposeFault, Scene, Service, service
from pratique.formats.compose.values import Value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unknown-dependency"
TITLE = "a service depends on one that is not there"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "depends_on, links or network_mode: service:… names a service that the file does not have, or "
        "services depend on each other in a circle: Compose refuses the whole file. Correct the name, "
        "or break the circle."
    )
}
BAD = (
    service("depends_on: [db]"),
    service("depends_on:", "  db: {condition: service_started}"),
    service("network_mode: service:vpn"),
    service("depends_on: [db]") + "  db:\n    image: db:1\n    depends_on: [web]\n",
)
GOOD = (
    service("depends_on: [db]", "links: ['db:database']") + "  db:\n    image: db:1\n",
    service("depends_on:", "  db: {condition: service_started, required: false}"),
    "services:\n  web:\n    depends_on: [db]\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each name that is not there, and one for each circle."""
    names = {one.name for one in scene.services}
    # What could not be read may hold it; a file that lies over another may rely on that one.
    whole = not scene.project.problems and all(one.runs for one in scene.services)
    for one in scene.services:
        for name, value in _needed(one):
            if whole and name not in names and not value.unset:
                yield scene.told(one, value, f"there is no service {name[:80]}", key=name[:80])
    yield from _circles(scene)


def _needed(one: Service) -> Iterator[tuple[str, Value]]:
    depends = one.get("depends_on")
    yield from ((item.text, item) for item in depends.texts())
    for name, value in depends.fields.items():
        if value.at("required").truth is not False:
            yield name, value
    yield from ((item.text.partition(":")[0], item) for item in one.get("links").texts())
    for key in ("network_mode", "pid", "ipc"):
        mode = one.get(key)
        if mode.text.startswith("service:"):
            yield mode.text.removeprefix("service:"), mode


def _circles(scene: Scene) -> Iterator[ComposeFault]:
    """Yield a fault for each service that neither ends nor begins a chain of needs."""
    needs = {one.name: {name for name, _ in _needed(one)} for one in scene.services}
    needs = {name: wanted & needs.keys() for name, wanted in needs.items()}
    left = _peeled(_peeled(needs))
    for one in scene.services:
        if one.name in left:
            yield scene.told_service(one, "services depend on each other in a circle", key="circle")


def _peeled(needs: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return who needs whom, turned around, once all are gone that need nothing, again and again."""
    needed: dict[str, set[str]] = {name: set() for name in needs}
    for name, wanted in needs.items():
        for other in wanted:
            needed[other].add(name)
    counts = {name: len(wanted) for name, wanted in needs.items()}
    free = [name for name, count in counts.items() if not count]
    while free:
        for name in needed.pop(free.pop()):
            counts[name] -= 1
            if not counts[name]:
                free.append(name)
    return {name: {one for one in others if one in needed} for name, others in needed.items()}
