"""Find entries of an ENV that use another entry of the same ENV."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import pairs_of
from pratique.formats.dockerfile.variables import names_in
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "self-referring-env"
TITLE = "an entry of ENV uses its neighbour"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3044",)
RULES = {
    NAME: (
        "All entries of one ENV get their values at once: one that uses another of the same "
        "instruction sees what that was before, often nothing. Put it into an ENV of its own "
        "below."
    )
}
BAD = (
    "FROM alpine:3.22\nENV A=1 B=$A/x\n",
    "FROM alpine:3.22\nENV B=${A}/x A=1\n",
)
GOOD = (
    "FROM alpine:3.22\nENV A=1\nENV B=$A\n",
    "FROM alpine:3.22\nENV PATH=/x:$PATH A=1\n",
    "FROM alpine:3.22\nARG A\nENV A=$A B=$A\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such entry, unless its neighbour had a value before."""
    declared: dict[int, set[str]] = {}
    for stage, one, values in in_stages(scene, "ENV", "ARG"):
        known = declared.setdefault(stage.index, set())
        pairs = pairs_of(one, scene.file.escape)
        if one.keyword == "ENV":
            for at, pair in enumerate(pairs):
                names = {other.name for number, other in enumerate(pairs) if number != at}
                used = names.intersection(names_in(pair.value or "", scene.file.escape))
                for name in sorted(used - known - values.keys()):
                    note = f"{pair.name[:80]} does not see the {name[:80]} of the same ENV"
                    yield scene.at_span(pair.span, note, key=f"{pair.name[:80]} {name[:80]}")
        known.update(pair.name for pair in pairs)
