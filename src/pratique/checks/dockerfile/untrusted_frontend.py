"""Find a # syntax= line that lets a stranger's image read the Dockerfile."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from pratique.checks.dockerfile._places import image_name
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Directive
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "untrusted-frontend"
TITLE = "a stranger's image builds the Dockerfile"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "# syntax= names the image that reads this file and makes the build of it. That program "
        "sees the whole build context, the secrets and the credentials of the build, and decides "
        "what really runs; no line of the Dockerfile shows it. Told are images that are not "
        "Docker's own (docker/dockerfile, docker/dockerfile-upstream) nor of a trusted registry "
        "of the settings. Leave the line away, or take docker/dockerfile:1."
    )
}
_OWN = frozenset({"docker/dockerfile", "docker/dockerfile-upstream"})
_HUBS = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io"})
BAD = (
    "# syntax=evil.example/frontend:1\nFROM alpine:3.22\n",
    "# syntax = someone/dockerfile\nFROM alpine:3.22\n",
)
GOOD = (
    "# syntax=docker/dockerfile:1\nFROM alpine:3.22\n",
    "# syntax=docker.io/docker/dockerfile:1.7-labs@sha256:abababababababababababababababababababababababababababababababab\nFROM alpine:3.22\n",
    "#\n# syntax=evil.example/x\nFROM alpine:3.22\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for the line."""
    for one in scene.file.pieces:
        if isinstance(one, Directive) and one.name == "syntax":
            name = image_name(one.value.split()[0])
            own = name.registry in _HUBS and name.path in _OWN
            listed = any(fnmatchcase(name.registry, t) for t in scene.settings.trusted_registries)
            if not own and not listed:
                yield scene.at_span(one.value_span, f"{one.value[:80]} runs as the builder")
