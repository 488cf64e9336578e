"""Find labels of the schema that are set to nothing."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Sample, Scene, Settings
from pratique.formats.dockerfile.reading import pairs_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "empty-label"
TITLE = "a label that the settings ask for is empty"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3051",)
RULES = {
    NAME: (
        "The label schema of the settings asks for this label, and the file sets it to nothing: "
        "whoever looks for the owner or the source of the image finds an empty word. Give it a "
        "value."
    )
}
_ASKED = Settings(labels={"owner": "text"})
BAD = (
    Sample(text="FROM debian:12\nLABEL owner=\n", settings=_ASKED),
    Sample(text='FROM debian:12\nLABEL owner=""\n', settings=_ASKED),
)
GOOD = (Sample(text="FROM debian:12\nLABEL owner=me other=\n", settings=_ASKED),)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such label."""
    for one in scene.of("LABEL"):
        for pair in pairs_of(one, scene.file.escape):
            if pair.name in scene.settings.labels and not (pair.value or "").strip("\"' "):
                yield scene.at_span(pair.span, f"{pair.name[:80]} is empty", key=pair.name[:80])
