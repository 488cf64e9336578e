"""Find ENV and LABEL without an equals sign."""

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
    (
        'FROM alpine:3.22\nLABEL a "b <c>"\nLABEL d "e f" G="h"\n',
        'FROM alpine:3.22\nLABEL a="b <c>"\nLABEL d="e f G=h"\n',
    ),
    (
        "FROM alpine:3.22\nENV A \\\n    b \\\n    # more\n    c++\n",
        'FROM alpine:3.22\nENV A="b \\\n    # more\n    c++"\n',
    ),
    ("FROM alpine:3.22\nENV A C:\\\\go\n", "FROM alpine:3.22\nENV A=C:\\\\go\n"),
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
    """
    Return what gives the same value: all that follows the key, its quotes taken away.

    A single word is the same in both forms. Several are put between quotes, those of their own left
    out; where a mark of escape or a single quote stands among them, nothing is offered.
    """
    if one.json is not None or not one.text.startswith(words[0].raw):
        return ()
    first, last = words[1], words[-1]
    gap, end = Span(words[0].span.end, first.span.start), Span(last.span.end, last.span.end)
    if first is last:
        return (scene.edit(gap, "="),)
    value = one.text[len(words[0].raw) :].strip()
    if any(mark in value for mark in ("'", "`", "\\", "\n")) or value.count('"') % 2:
        return ()
    if '"' not in value:
        return scene.edit(gap, '="'), scene.edit(end, '"')
    whole = Span(words[0].span.end, last.span.end)
    if whole.of(scene.file.content).decode("utf-8", "surrogateescape").strip() != value:
        return ()
    return (scene.edit(whole, '="' + value.replace('"', "") + '"'),)
