"""Find users given by name, which a host cannot tell from root."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.variables import expand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "named-user"
TITLE = "the user is given by name, not by number"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3066",)
PEDANTIC = True
RULES = {
    NAME: (
        "Kubernetes refuses to start an image with runAsNonRoot where USER is a name: it cannot "
        "tell whether that name is root, because only the image's /etc/passwd says so. Write the "
        "number (USER 10001:10001)."
    )
}
BAD = (
    "FROM debian:12\nUSER app\n",
    "FROM debian:12\nUSER app:app\n",
)
GOOD = (
    "FROM debian:12\nUSER 10001\n",
    "FROM debian:12\nUSER 10001:app\n",
    "FROM debian:12\nARG UID=10001\nUSER $UID\n",
    "FROM debian:12\nUSER root\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each USER; root is told elsewhere, and a value given later may be a number."""
    for _, one, values in in_stages(scene, "USER"):
        said = expand(one.text.strip(), values, scene.file.escape)
        name = said.text.partition(":")[0]
        if name and not said.missing and not name.isdigit() and name != "root":
            note = f"{name[:80]} is a name"
            yield scene.at_instruction(one, note, key=name[:80])
