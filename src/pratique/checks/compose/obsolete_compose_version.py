"""Find the version at the top of a Compose file, which means nothing any more."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "obsolete-compose-version"
TITLE = "the file has a version, which means nothing"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Compose reads every file by the one Compose Specification since its second release; a version "
        "at the top is ignored, and each start prints a warning about it. Delete the line, as the fix "
        "does. (docker stack deploy is the one command that still asks for it: suppress this there.)"
    )
}
BAD = ("version: '3.8'\n" + service(), "version: '2'\nservices: {}\n")
GOOD = (service(), "name: shop\n" + service())
FIXED = (
    ("# ours\nversion: '3.8'\n" + service(), "# ours\n" + service()),
    ('version: "3" # old\n' + service(), "# old\n" + service()),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for the file."""
    own = scene.project.own
    version = own.fields.get("version")
    if version is not None and not version.is_mapping:
        yield scene.told(
            None,
            version,
            "version is ignored, and warned of at each start",
            edits=scene.remove_field(own, "version"),
            remedy="take the line out",
        )
