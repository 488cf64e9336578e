"""Find images without a label that the settings ask for."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import final_chain, in_stages
from pratique.checks.dockerfile.interface import Fault, Sample, Scene, Settings
from pratique.formats.dockerfile.reading import pairs_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-label"
TITLE = "a label that the settings ask for is missing"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3049",)
RULES = {
    NAME: (
        "The label schema of the settings names labels that every image must have, so that its "
        "owner and source can be found; the last stage does not set this one. Add it with LABEL. "
        "Without a schema nothing is told."
    )
}
_ASKED = Settings(labels={"owner": "text"})
BAD = (Sample(text="FROM debian:12\nLABEL a=1\n", settings=_ASKED),)
GOOD = (
    Sample(text="FROM debian:12 AS x\nLABEL owner=me\nFROM x\n", settings=_ASKED),
    "FROM debian:12\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each label, at the last FROM."""
    chain = final_chain(scene)
    if not chain or not scene.settings.labels:
        return
    kept = {stage.index for stage in chain}
    given = {
        pair.name
        for stage, one, _ in in_stages(scene, "LABEL")
        if stage.index in kept
        for pair in pairs_of(one, scene.file.escape)
    }
    for name in sorted(scene.settings.labels.keys() - given):
        note = f"the label {name[:80]} is not set"
        yield scene.at_instruction(chain[-1].opening, note, key=name[:80])
