"""Find images that claim to be built in the future, or steps that do."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from pratique.checks.image._times import instant
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "impossible-creation-time"
TITLE = "the image claims to be built in the future"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The config or a line of the history has a time after the moment of the scan. Checks of age "
        "say nothing of such an image, and retention rules keep it for ever. Usually a build machine "
        "had a wrong clock; it is also a way to pass for fresh. Build it anew on a machine with the "
        "right time, or with SOURCE_DATE_EPOCH."
    )
}
_SLACK = timedelta(days=1)
_LATER = HistoryEntry(created="2031-01-01T00:00:00Z", created_by="ENV A=b", empty_layer=True)
FIRES = (sample(created="2031-01-01T00:00:00Z"), sample(history=(_LATER,)))
SILENT = (sample(), sample(created="2026-02-01T12:00:00Z"), sample(created="1970-01-01T00:00:00Z"))


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with config and steps."""
    return scene.in_config(_notes(scene))


def _notes(scene: Scene) -> Iterator[Place]:
    said = [("created", scene.config.created)]
    said += [
        (f"build step {n}", one.created) for n, one in enumerate(scene.config.history, start=1)
    ]
    for where, text in said:
        created = instant(text)
        if created is not None and created > scene.now + _SLACK:
            yield at(where, f"says {created.date()}")
