"""Find ENV and LABEL without an equals sign."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Instruction, Span, Word
from pratique.formats.dockerfile.words import words_of
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "legacy-key-value"
TITLE = "ENV or LABEL is written without an equals sign"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("LegacyKeyValueFormat",)
RULES = {
    NAME: (
        "ENV NAME value is the old form: it takes one pair only, and everything behind the name "
        "is its value, further NAME=value words too. BuildKit warns of it. Write ENV NAME=value, "
        "with quotes where the value has blanks."
    )
}
_BARE = re.compile(r"[^\s\"'\\`]+")
_QUOTABLE = re.compile(r"[^\n\"'\\`]+")
BAD = (
    "FROM alpine:3.22\nENV A b\n",
    "FROM alpine:3.22\nLABEL a b c\n",
)
GOOD = (
    "FROM alpine:3.22\nENV A=b C=d\n",
    "FROM alpine:3.22\nARG A\n",
)
FIXED = (
    (
        "FROM alpine:3.22\nENV A b\n",
        "FROM alpine:3.22\nENV A=b\n",
    ),
    (
        "FROM alpine:3.22\nENV PATH  /x:$PATH\nLABEL a b c\n",
        'FROM alpine:3.22\nENV PATH=/x:$PATH\nLABEL a="b c"\n',
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each; mended where its value needs no more than quotes."""
    for one in scene.of("ENV", "LABEL"):
        words = words_of(one.arguments, scene.file.escape)
        if len(words) < 2 or "=" in words[0].raw:
            continue
        yield scene.at_instruction(
            one,
            f"{words[0].value[:80]} stands without an equals sign",
            key=words[0].value[:80],
            edits=_edits(scene, one, words),
            remedy="write an equals sign",
        )


def _edits(scene: Scene, one: Instruction, words: tuple[Word, ...]) -> tuple[Edit, ...]:
    span = Span(words[0].span.end, words[-1].span.end)
    value = one.text[len(words[0].raw) :].strip()
    written = span.of(scene.file.content).decode("utf-8", "surrogateescape").strip()
    if one.json is not None or written != value or not one.text.startswith(words[0].raw):
        return ()
    if _BARE.fullmatch(value):
        return (scene.edit(span, f"={value}"),)
    if _QUOTABLE.fullmatch(value):
        return (scene.edit(span, f'="{value}"'),)
    return ()
