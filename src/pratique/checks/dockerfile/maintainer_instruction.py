"""Find MAINTAINER, which builds have long left behind."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Instruction, Span
from pratique.model.built import Effect
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "maintainer-instruction"
TITLE = "MAINTAINER is out of use"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL4000",
    "MaintainerDeprecated",
    "DS-0022",
    "CKV_DOCKER_6",
)
RULES = {
    NAME: (
        "MAINTAINER has been out of use since 2017, and newer builders may refuse it. A label "
        'says the same where tools find it: LABEL org.opencontainers.image.authors="…".'
    )
}
_PLAIN = re.compile(r"[^\"'\\`$\n]{1,500}")
BAD = ("FROM debian:12\nMAINTAINER me@x.example\n",)
GOOD = ('FROM debian:12\nLABEL org.opencontainers.image.authors="me@x.example"\n',)
FIXED = (
    (
        "FROM debian:12\nMAINTAINER A B <me@x.example>\n",
        'FROM debian:12\nLABEL org.opencontainers.image.authors="A B <me@x.example>"\n',
    ),
    (
        'FROM debian:12\nmaintainer "me"\n',
        'FROM debian:12\nlabel org.opencontainers.image.authors="me"\n',
    ),
)
EFFECT = Effect(config=("author", "Labels"))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each; the name becomes the value of the label."""
    for one in scene.of("MAINTAINER"):
        yield scene.at_instruction(
            one, "use a label", edits=_as_label(scene, one), remedy="write a label"
        )


def _as_label(scene: Scene, one: Instruction) -> tuple[Edit, ...]:
    """Return the edit; none for names that need more than a pair of quotes."""
    name = one.text.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    if not name or one.line != one.end_line or not _PLAIN.fullmatch(name):
        return ()
    start = one.keyword_span.start
    word = "LABEL" if one.keyword_span.of(scene.file.content).isupper() else "label"
    text = f'{word} org.opencontainers.image.authors="{name}"'
    return (scene.edit(Span(start, one.arguments.span(0, len(one.text)).end), text),)
