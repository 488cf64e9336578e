"""Report that ADD copies plain files."""

import re
from collections.abc import Iterator

from pratique.checks.dockerfile.archive_copied import ARCHIVES as TAR_ENDINGS
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "add-for-copy"
TITLE = "ADD copies plain files"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3020",
    "DS-0005",
    "AVD-DS-0005",
    "CIS-Docker-4.9",
    "CKV_DOCKER_4",
)
RULES = {
    NAME: (
        "ADD does more than copy: it unpacks archives and fetches addresses, also when a file "
        "is given another name one day. COPY does what is meant and nothing else. Addresses, "
        "git repositories and archives that are to be unpacked need ADD and are left alone."
    )
}
BAD = (
    "FROM alpine:3.20\nADD app /app\n",
    'FROM alpine:3.20\nADD ["a", "b", "/c/"]\n',
)
GOOD = (
    "FROM alpine:3.20\nCOPY app /app\n",
    "FROM alpine:3.20\nADD x.tar.gz /\n",
    "FROM alpine:3.20\nADD https://x.example/y /y\n",
    "FROM alpine:3.20\nADD git@git.example:a/b.git /y\n",
    "FROM alpine:3.20\nADD https://x.example/y ./z /y\n",
    "FROM alpine:3.20\nADD $SOURCE /y\n",
)
FIXED = (
    (
        "FROM alpine:3.20\nADD app /app\nadd --chown=1 b /c\n",
        "FROM alpine:3.20\nCOPY app /app\ncopy --chown=1 b /c\n",
    ),
)


ARCHIVES = (*TAR_ENDINGS, ".zip")
_REMOTE = re.compile(r"(?:https?|ftp|git|ssh)://|git@|github\.com/|[\w.-]+@[\w.-]+:")
_SAME = frozenset({"chown", "chmod", "link", "exclude"})
"""Flags that COPY takes as well."""


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each ADD that only copies; where one source is unknown, nothing is told."""
    for one in scene.of("ADD"):
        sources, _ = sources_of(one, scene.file.escape)
        if not sources or one.heredocs or any(_is_special(word.value) for word in sources):
            continue
        plain = all(flag.name in _SAME for flag in one.flags) and not any(
            "*" in s.value for s in sources
        )
        keyword = one.keyword_span.of(scene.file.content)
        copy = "copy" if keyword.islower() else "COPY"
        edits = (scene.edit(one.keyword_span, copy),) if plain else ()
        yield scene.at_instruction(
            one, f"{sources[0].value[:80]} is only copied", edits=edits, remedy="COPY"
        )


def _is_special(source: str) -> bool:
    known = source.endswith(ARCHIVES) or bool(_REMOTE.match(source))
    return known or source.startswith("$") or "${" in source.rpartition("/")[2]
