"""Find labels that a strict label schema does not name."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Sample, Scene, Settings
from pratique.formats.dockerfile.reading import pairs_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "superfluous-label"
TITLE = "a label is set that the settings do not allow"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3050",)
RULES = {
    NAME: (
        "The label schema of the settings is strict: it allows no labels but its own. This one is "
        "not among them, and may be misspelt. Leave it away, or add it to the schema."
    )
}
_STRICT = Settings(labels={"owner": "text"}, strict_labels=True)
BAD = (Sample(text="FROM debian:12\nLABEL onwer=me\n", settings=_STRICT),)
GOOD = (
    Sample(text="FROM debian:12\nLABEL owner=me\n", settings=_STRICT),
    "FROM debian:12\nLABEL x=y\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such label."""
    if not scene.settings.strict_labels:
        return
    for one in scene.of("LABEL"):
        for pair in pairs_of(one, scene.file.escape):
            if pair.name not in scene.settings.labels:
                note = f"{pair.name[:80]} is not in the schema"
                yield scene.at_span(pair.span, note, key=pair.name[:80])
