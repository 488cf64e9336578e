"""
Find bytes that ship for nothing: files that a later layer deletes or replaces.

Told from 10 MB on, or from 1 MB on where they are a tenth of the image.
"""

from collections.abc import Iterable

from pratique.checks.image.interface import File, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting

NAME = "dead-weight"
TITLE = "layers ship files that later layers delete or replace"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Files that a later layer deletes or replaces are still in the layer that brought them: they "
        "are stored, pulled and can be read by whoever has the image, secrets among them too. A "
        "deletion in its own RUN frees nothing, and chmod or chown in a later step stores the file "
        "twice. Delete in the RUN that made the files, set modes by COPY --chmod and --chown, or copy "
        "what is needed into a last stage. The evidence says how many MB of which layer no container "
        "sees, the largest files first."
    )
}
_MOST_BYTES = 10 << 20
_LEAST_BYTES = 1 << 20
_LARGE = File("x" * (2 << 20))
FIRES = (
    sample((("opt/a.bin", _LARGE),), (("opt/.wh.a.bin", ""),)),
    sample((("opt/a.bin", _LARGE),), (("opt/a.bin", File("y" * (2 << 20), mode=0o755)),)),
)
SILENT = (
    sample((("opt/a.bin", _LARGE),), (("opt/b.bin", "y"),)),
    sample((("opt/a.bin", "small"),), (("opt/.wh.a.bin", ""),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for each layer with too much that nobody sees."""
    if len(scene.facts) < 2:
        return  # a single layer hides nothing
    alive = {(leaf.source, leaf.position) for leaf in scene.tree.leaves()}
    total = sum(entry.size_bytes for fact in scene.facts for entry in fact.entries)
    for layer, fact in enumerate(scene.facts[:-1]):
        dead = [
            (entry.size_bytes, entry.path)
            for position, entry in enumerate(fact.entries)
            if entry.kind is EntryKind.FILE and (layer, position) not in alive
        ]
        size = sum(size for size, _ in dead)
        if size >= _MOST_BYTES or (size >= _LEAST_BYTES and size * 10 >= total):
            largest = sorted(dead, reverse=True)[: SHOWN - 1]
            note = f"{size / 1e6:.1f} MB in {len(dead)} files that no container sees"
            yield Sighting(
                places=(
                    Place("", note),
                    *(Place(path, f"{size / 1e6:.1f} MB") for size, path in largest),
                ),
                layer=scene.ref(layer),
                key=largest[0][1],
            )
