"""Turn entries that should not ship into sightings: one per layer, those deleted later by themselves."""

from collections.abc import Iterable

from msgspec.structs import replace

from pratique.checks.image.interface import Marked, Scene
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting, per_layer

_MOST_HIDDEN = 20
_INSTALLED = (
    "/site-packages/", "/dist-packages/", "/node_modules/", "/gems/", "/go/pkg/mod/", "/vendor/",
    "/usr/share/", "/usr/lib/", "/usr/include/", "/.cargo/registry/", "/testdata/", "/usr/src/",
    "/.cache/", "/install/cache/", "/.npm/", "/.m2/", "/.gradle/",
)  # fmt: skip


def is_own(path: str) -> bool:
    """
    Say whether a path is no part of somebody's package.

    >>> is_own("srv/app/.env"), is_own("srv/app/node_modules/x/.env")
    (True, False)
    """
    return not any(part in f"/{path}" for part in _INSTALLED)


def left_in_layers(
    scene: Scene, found: Iterable[tuple[Marked, str]], severity: Severity | None = None
) -> Iterable[Sighting]:
    """
    Yield one sighting per layer for entries that stand, and one for each that a later layer hides.

    Of a path that stands in some layer, older versions are not told.
    """
    noted = list(found)
    standing = [(marked, note) for marked, note in noted if scene.stands(marked)]
    seen = {marked.entry.path for marked, _ in standing}
    yield from _together(scene, standing, severity)
    hidden = [(marked, note) for marked, note in noted if marked.entry.path not in seen]
    yield from _together(scene, hidden[_MOST_HIDDEN:], severity)
    for marked, note in hidden[:_MOST_HIDDEN]:
        later = scene.hidden_by(marked)
        yield Sighting(
            places=(
                Place(marked.entry.path, f"{note}; a later layer hides it, its bytes still ship"),
            ),
            layer=scene.ref(marked.layer),
            key=marked.entry.path,
            severity=severity,
            hidden_by=later,
        )


def _together(
    scene: Scene, found: Iterable[tuple[Marked, str]], severity: Severity | None
) -> Iterable[Sighting]:
    """Yield one sighting per layer."""
    places = ((marked.layer, Place(marked.entry.path, note)) for marked, note in found)
    for seen in per_layer(places, scene.tree.refs):
        yield replace(seen, severity=severity)
