"""Find networks, volumes, secrets and configs that a service uses and the file does not have."""

from collections.abc import Iterable, Iterator

from pratique.checks.compose.interface import ComposeFault, Scene, Service, service
from pratique.formats.compose.values import Value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "undefined-reference"
TITLE = "a service uses something that the file does not define"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A service names a network, volume, secret or config that no section of that name defines: "
        "Compose refuses the whole file. Often it is a slip of the pen, or ./ is missing before a "
        "folder's name, which makes it a volume. Define it, or correct the name."
    )
}
BAD = (
    service("networks: [front]"),
    service("volumes: ['data:/data']"),
    service("secrets: [key]"),
    service("configs: [{source: app}]"),
)
GOOD = (
    service("networks: [front, default]", "volumes: ['data:/data', './x:/x', '/y']")
    + "networks:\n  front:\nvolumes:\n  data:\n",
    service("secrets: [{source: key, target: k}]") + "secrets:\n  key: {file: ./key}\n",
    service("volumes: ['${DATA}:/data']"),
    "services:\n  web:\n    networks: [front]\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each name; none where a part of the project could not be read."""
    if scene.project.problems:
        return
    for one in scene.running:
        for section, name, value in _used(one):
            unknown = value.unset or value.at("source").unset or not name
            if not unknown and name not in scene.project.root.at(section).fields:
                note = f"{name[:80]} is not defined under {section}"
                yield scene.told(one, value, note, key=f"{section}/{name[:80]}")


def _used(one: Service) -> Iterator[tuple[str, str, Value]]:
    networks = one.get("networks")
    for item in networks.texts():
        yield from (("networks", item.text, item),) if item.text != "default" else ()
    for name, value in networks.fields.items():
        at = value if value.node.line else networks
        yield from (("networks", name, at),) if name != "default" else ()
    for mount in one.mounts:
        if mount.kind == "volume" and mount.source and not mount.through:
            yield "volumes", mount.source, mount.at
    for section in ("secrets", "configs"):
        for item in one.get(section).items:
            yield section, item.at("source").text or item.text, item
