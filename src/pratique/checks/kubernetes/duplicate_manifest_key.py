"""Find keys that stand twice in one mapping."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import KubeObject, ManifestFault, Scene, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "duplicate-manifest-key"
TITLE = "a key stands twice"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The later of two equal keys wins and the earlier is forgotten, silently in most "
        "tools: a securityContext that stands above another is not in force. Join them."
    )
}
BAD = ("kind: Pod\napiVersion: v1\nspec:\n  hostPID: false\n  hostPID: true\n",)
GOOD = ("kind: Pod\napiVersion: v1\nspec:\n  hostPID: false\n",)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.objects:
        row = [one.node]
        for node in row:
            for key in node.repeated:
                name = str(key.value)[:100]
                part = KubeObject(
                    file=one.file, node=key, place=one.place, kind=one.kind, api_version=""
                )
                yield told(part, f"{name} stands here twice", key=name)
            row += [*node.fields.values(), *node.items]
