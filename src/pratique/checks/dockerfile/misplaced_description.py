"""Find comments above stages and arguments that do not begin with their name."""

from collections.abc import Iterable
from itertools import pairwise

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import base_of, pairs_of
from pratique.formats.dockerfile.tree import Comment, Instruction
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "misplaced-description"
TITLE = "a description does not begin with what it describes"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("InvalidDefinitionDescription",)
PEDANTIC = True
RULES = {
    NAME: (
        "docker build --call=outline shows the comment above a FROM or an ARG as its description, "
        "when it begins with the name: # build compiles the program. One that begins otherwise is "
        "not shown. An empty line between tells them apart."
    )
}
BAD = (
    "# compiles it\nFROM alpine:3.22 AS build\n",
    "# the version\nARG VERSION=1\nFROM alpine:$VERSION\n",
)
GOOD = (
    "# build compiles it\nFROM alpine:3.22 AS build\n",
    "# a file\n\nFROM alpine:3.22 AS build\n",
    "# a comment\nFROM alpine:3.22\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such comment."""
    for before, one in pairwise(scene.file.pieces):
        if not isinstance(before, Comment) or not isinstance(one, Instruction):
            continue
        name = _name(scene, one)
        said = before.text.split(None, 1)[:1]
        if name and said and said[0].rstrip(":").lower() != name.lower():
            yield scene.at_span(before.span, f"does not begin with {name[:80]}", key=name[:80])


def _name(scene: Scene, one: Instruction) -> str:
    if one.keyword == "FROM":
        base = base_of(one, scene.file.escape)
        return base.alias if base else ""
    pairs = pairs_of(one, scene.file.escape) if one.keyword == "ARG" else ()
    return pairs[0].name if len(pairs) == 1 else ""
