"""Find files that ADD downloads without a checksum."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "add-without-checksum"
TITLE = "ADD downloads a file that nothing checks"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "ADD takes what the server sends on the day of the build; who holds the server or the way "
        "to it writes into the image. Say what it must be: ADD --checksum=sha256:… URL, or for a "
        "git repository the commit behind a #. Over plain http it is graded high."
    )
}
_REMOTE = re.compile(r"https?://|git@|ssh://|git://")
_COMMIT = re.compile(r"#[0-9a-f]{40,64}(?::|$)")
BAD = (
    "FROM alpine:3.22\nADD https://x.example/a.tgz /a\n",
    "FROM alpine:3.22\nADD http://x.example/a /a\n",
    "FROM alpine:3.22\nADD https://git.example/a/b.git#main /b\n",
)
GOOD = (
    "FROM alpine:3.22\nADD --checksum=sha256:abababababababababababababababababababababababababababababababab https://x.example/a /a\n",
    "FROM alpine:3.22\nADD a.tgz /a\n",
    "FROM alpine:3.22\nADD https://git.example/a/b.git#abababababababababababababababababababab /b\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each address."""
    for one in scene.of("ADD"):
        if one.flag("checksum"):
            continue
        for word in sources_of(one, scene.file.escape)[0]:
            if _REMOTE.match(word.value) and not _COMMIT.search(word.value):
                bare = word.value.startswith("http:")
                yield scene.at_span(
                    word.span,
                    "nothing says what it must be",
                    key=word.value.partition("?")[0][:80],
                    severity=Severity.HIGH if bare else None,
                )
