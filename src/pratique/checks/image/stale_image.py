"""
Find images that were built long ago.

Times before 1981 are those of reproducible builds and say nothing.
"""

from collections.abc import Iterable

from pratique.checks.image._times import instant
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "stale-image"
TITLE = "the image was built long ago"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0004", "CIS-Docker-4.4")
RULES = {
    NAME: (
        "The config says that the image was built more than 180 days ago. Fixes of its base and its "
        "packages since then are not in it, and nobody has shown for long that it can still be "
        "built. Build it anew on a schedule, monthly or when the base changes, with a fresh base "
        "(docker build --pull --no-cache). Up to a year it is graded negligible, then low: the "
        "findings of vulnerabilities say what it costs."
    )
}
_FRESH_DAYS = 180
_YEAR_DAYS = 365
FIRES = (sample(created="2024-01-01T00:00:00Z"), sample(created="2025-07-01T00:00:00Z"))
SILENT = (
    sample(),
    sample(created="1970-01-01T00:00:00Z"),
    sample(created="1980-01-01T00:00:01Z"),
    sample(created=""),
    sample(created="yesterday"),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where the image is too old."""
    created = instant(scene.config.created)
    if created is None or created.year <= 1980:
        return
    days = (scene.now - created).days
    if days > _FRESH_DAYS:
        note = f"built on {created.date()}, {days} days ago"
        low = Severity.NEGLIGIBLE if days <= _YEAR_DAYS else None
        yield Sighting(places=(at("created", note),), severity=low)
