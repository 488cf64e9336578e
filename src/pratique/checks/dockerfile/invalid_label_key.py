"""Find labels whose key is not written as keys should be."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import pairs_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "invalid-label-key"
TITLE = "the key of a label is not written as it should be"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3048",)
PEDANTIC = True
RULES = {
    NAME: (
        "Keys of labels consist of small letters, digits, dots and single dashes, begin with a "
        "letter and end with a letter or digit; com.docker.*, io.docker.* and org.dockerproject.* "
        "are Docker's own. Others work, but tools that select by label may not find them. Use "
        "reverse DNS names such as org.opencontainers.image.source."
    )
}
_KEY = re.compile(r"[a-z](?:[a-z0-9_/]|[.-](?![.-])){0,250}(?<![._/-])")
_RESERVED = ("com.docker.", "io.docker.", "org.dockerproject.")
BAD = (
    "FROM alpine:3.22\nLABEL Name=x\n",
    "FROM alpine:3.22\nLABEL com.docker.a=x a..b=y\n",
)
GOOD = (
    "FROM alpine:3.22\nLABEL org.opencontainers.image.title=x a-b=y a_b/c=z\n",
    "FROM alpine:3.22\nLABEL $KEY=x\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such key."""
    for one in scene.of("LABEL"):
        for pair in pairs_of(one, scene.file.escape):
            key = pair.name
            if "$" not in key and (not _KEY.fullmatch(key) or key.startswith(_RESERVED)):
                yield scene.at_span(pair.span, f"{key[:80]!r} is no good key", key=key[:80])
