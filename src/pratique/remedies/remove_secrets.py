"""
Take secrets out of ENV, ARG and LABEL, and say what to do with those in files and commands.

Law: a secret that was in an image is known to whoever could pull it. A later layer that deletes it
hides nothing; each change says that it must be rotated. Its value stands in no change.
"""

from collections.abc import Iterable, Iterator, Sequence

from pratique.formats.dockerfile.reading import Pair, pairs_of
from pratique.formats.dockerfile.tree import Dockerfile, Instruction
from pratique.model.edit import Edit
from pratique.model.finding import Finding, FindingKind
from pratique.remedies.interface import Breaks, Change, Situation

NAME = "remove-secrets"
TITLE = "Take secrets out"
ROTATE = (
    "Rotate it: everybody who could pull an image with it has it. "
    "Deleting it in a later layer does not help."
)
_HOLDERS = ("ENV", "ARG", "LABEL")


def propose(situation: Situation) -> Iterable[Change]:
    """Return one change for each variable or file that holds secrets."""
    secrets = [one for one in situation.findings if one.kind is FindingKind.SECRET]
    groups: dict[str, list[Finding]] = {}
    for finding in secrets:
        groups.setdefault(finding.location, []).append(finding)
    for location, found in groups.items():
        yield from _for_place(situation, location, found)


def _for_place(situation: Situation, location: str, found: Sequence[Finding]) -> Iterator[Change]:
    clears = tuple(one.id for one in found)
    holder = _holder(situation, location, found)
    if holder is not None:
        one, pair = holder
        yield Change(
            remedy=NAME,
            what=f"Take {pair.name} out of {one.keyword}",
            why="Everybody who pulls the image reads it there.",
            breaks=Breaks.MINOR,
            line=one.line,
            clears=clears,
            edits=_without(situation, one, pair),
            notes=(ROTATE, "Give it when the container starts, or to one build step with "
                   "RUN --mount=type=secret."),
        )  # fmt: skip
        return
    layer = found[0].layer
    maker = situation.origins.get(layer.index) if layer else None
    where = f" (line {maker.line}: {maker.keyword})" if maker else ""
    yield Change(
        remedy=NAME,
        what=f"Keep {location or 'a secret'} out of the image{where}",
        why="Everybody who pulls the image reads it there, also when a later layer deletes it.",
        breaks=Breaks.MINOR,
        line=maker.line if maker else 0,
        clears=clears,
        commands=(f"echo {_quoted(location)} >> .dockerignore",)
        if maker and maker.keyword in ("COPY", "ADD") and location
        else (),
        notes=(ROTATE, "Give it when the container starts, or to one build step with "
               "RUN --mount=type=secret."),
    )  # fmt: skip


def _holder(
    situation: Situation, location: str, found: Sequence[Finding]
) -> tuple[Instruction, Pair] | None:
    """Return the instruction and pair whose name the finding's place names."""
    file = situation.dockerfile
    if file is None:
        return None
    said = " ".join((location, *(e.name for one in found for e in one.evidence)))
    words = set(said.replace("=", " ").replace(":", " ").replace("/", " ").split())
    if not any(word.upper() in ("CONFIG", "ENV", "HISTORY", "LABEL", "ARG") for word in words):
        return None
    for stage in situation.chain:
        for one in stage.instructions:
            if one.keyword in _HOLDERS:
                for pair in pairs_of(one, file.escape):
                    if pair.name in words:
                        return one, pair
    return None


def _without(situation: Situation, one: Instruction, pair: Pair) -> tuple[Edit, ...]:
    """Return the edit that removes a pair, the whole instruction where it is the only one."""
    file: Dockerfile | None = situation.dockerfile
    if file is None:
        return ()
    pairs = pairs_of(one, file.escape)
    if len(pairs) == 1:
        return (Edit(situation.name, one.span.start, one.span.end, b""),)
    at = pairs.index(pair)
    # With the gap to its neighbour, so that no continued line is left empty.
    start = pair.span.start if at == 0 else pairs[at - 1].span.end
    end = pairs[at + 1].span.start if at == 0 else pair.span.end
    return (Edit(situation.name, start, end, b""),)


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
