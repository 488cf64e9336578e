"""Find images of which somebody looked for a signature, and found none."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "unsigned-image"
TITLE = "the image is not signed"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-DI-0005", "CIS-Docker-4.5", "CIS-Docker-4.12")
RULES = {
    NAME: (
        "No signature was found where signatures of this image would be kept. Nothing then shows "
        "that it is the image its maker built: whoever can write to the registry can replace it. "
        "Sign it when it is built (cosign, notation), and let clusters and registries verify the "
        "signature against an identity. Silent where nobody looked, as for a local archive. Docker "
        "Content Trust, which CIS means, is retired; a signature by digest takes its place."
    )
}
FIRES = (sample(signed=False),)
SILENT = (sample(signed=True), sample())


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where a signature was looked for in vain."""
    if scene.signed is False:
        return scene.in_config((Place("", "no signature was found"),))
    return ()
