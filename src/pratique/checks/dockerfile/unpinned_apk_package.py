"""Report that apk installs whatever version is newest."""

from collections.abc import Iterator

from pratique.checks.dockerfile._installed import few, known, packages, verb_word
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-apk-package"
TITLE = "apk installs whatever version is newest"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3018",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without name=version the build takes what the mirror has that day. Whether pinning "
        "helps is open: Alpine drops old versions, so a pinned build breaks when a security "
        "update arrives; name~=1.2 breaks less often. Pin the base image by digest first; "
        "this is told with --pedantic only."
    )
}
BAD = (
    "FROM alpine:3.20\nRUN apk add --no-cache curl git=1\n",
    "FROM alpine:3.20\nRUN apk --no-cache add --virtual .deps gcc\n",
)
GOOD = (
    "FROM alpine:3.20\nRUN apk add --no-cache curl=8 git~=2\n",
    "FROM alpine:3.20\nRUN apk add ./x.apk\n",
    "FROM alpine:3.20\nRUN apk add --virtual .deps gcc=1\n",
    "FROM alpine:3.20\nRUN apk update\n",
    "FROM alpine:3.20\nRUN apk add --no-cache $UNKNOWN\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


VALUED = frozenset(
    {"-t", "--virtual", "-X", "--repository", "-p", "--root", "--keys-dir", "--arch", "--cache-dir"}
)


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each install of a package that has no version, one fault for all of its packages."""
    for run, one in scene.commands("apk"):
        verb = verb_word(one, ("add",), VALUED)
        words = packages(one, verb, VALUED) if verb else ()
        loose = [name for name in known(run, words) if not _is_pinned(name)]
        if loose:
            yield scene.at_span(one.span, f"no version of {few(loose)}")


def _is_pinned(name: str) -> bool:
    return any(mark in name for mark in "=~<>") or name.endswith(".apk") or name.startswith("!")
