"""
Take secrets out of ENV, ARG and LABEL, and say what to do with those in files and commands.

Law: a secret that was in an image is known to whoever could pull it. A later layer that deletes it
hides nothing; each change says that it must be rotated. What in a file is only perhaps one (low
confidence: examples, documentation) asks for no change. Its value stands in no change; the patch
has the line that goes, so where it is shown to others ``values_in`` says what to mask.
"""

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence

from pratique.formats.dockerfile.reading import Pair, pairs_of
from pratique.formats.dockerfile.tree import Instruction
from pratique.formats.image.history import read_history
from pratique.model.edit import Edit
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.remedies.interface import Breaks, Change, Situation

NAME = "remove-secrets"
TITLE = "Take secrets out"
ROTATE = (
    "Rotate it: everybody who could pull an image with it has it. "
    "Deleting it in a later layer does not help."
)
INSTEAD = (
    "Give it when the container starts, or to one build step with RUN --mount=type=secret."
)  # fmt: skip
_SHORTEST = 4
"""Shorter words are no secret, and masking them would make a patch unreadable."""
_HOLDERS = ("ENV", "ARG", "LABEL")
_RULES = ("secret-in-environment", "secret-in-build-argument", "secret-on-command-line")
_SETTING = re.compile(r"config: (ENV|LABEL) (\S{1,300})")
_STEP = re.compile(r"config: build step (\d{1,6})")
_TELLING = re.compile(r"(?i)token|secret|passw|pwd|key|cred|auth")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(?==)|(?<=the build argument )\S+|^[A-Za-z_]\w*(?= )")

Held = tuple[Instruction, Pair]


def propose(situation: Situation) -> Iterable[Change]:
    """Return one change for each instruction of the Dockerfile or place that holds secrets."""
    by_holder: dict[tuple[int, ...], tuple[list[Held], list[Finding]]] = {}
    elsewhere: dict[str, list[Finding]] = {}
    for finding in filter(_is_secret, situation.findings):
        held = _holders(situation, finding)
        if held:
            group = by_holder.setdefault(tuple(p.span.start for _, p in held), (held, []))
            group[1].append(finding)
        elif finding.confidence is not Confidence.LOW:
            elsewhere.setdefault(finding.location, []).append(finding)
    for held, findings in by_holder.values():
        yield _out_of_pairs(situation, held, findings)
    for location, findings in elsewhere.items():
        yield _out_of_image(situation, location, findings)


def values_in(change: Change, before: Mapping[str, bytes]) -> frozenset[str]:
    """Return the values that a change of this remedy takes out of files, by their bytes before."""
    if change.remedy != NAME:
        return frozenset()
    removed = [before[edit.file][edit.start : edit.end] for edit in change.edits]
    words = [word for text in removed for word in text.decode("utf-8", "replace").split()]
    values = {word.partition("=")[2] or word for word in words}
    return frozenset(value for one in values if len(value := one.strip("\"'\\")) >= _SHORTEST)


def _out_of_pairs(
    situation: Situation, held: Sequence[Held], findings: Sequence[Finding]
) -> Change:
    names = ", ".join(dict.fromkeys(pair.name for _, pair in held))
    keywords = " and ".join(dict.fromkeys(one.keyword for one, _ in held))
    edits: list[Edit] = []
    for one in dict.fromkeys(one for one, _ in held):
        edits += _without(situation, one, [pair for holder, pair in held if holder is one])
    return Change(
        remedy=NAME,
        what=f"Take {names} out of {keywords}",
        why="Everybody who pulls the image reads it there.",
        breaks=Breaks.MINOR,
        line=held[0][0].line,
        clears=tuple(one.id for one in findings),
        edits=tuple(edits),
        notes=(ROTATE, INSTEAD),
    )


def _out_of_image(situation: Situation, location: str, findings: Sequence[Finding]) -> Change:
    layer = findings[0].layer
    maker = situation.origins.get(layer.index) if layer else None
    where = f" (line {maker.line}: {maker.keyword})" if maker else ""
    copied = maker is not None and maker.keyword in ("COPY", "ADD") and location
    return Change(
        remedy=NAME,
        what=f"Keep what {location or 'the image'} holds out of the image{where}",
        why="Everybody who pulls the image reads it there, also when a later layer deletes it.",
        breaks=Breaks.MINOR,
        line=maker.line if maker else 0,
        clears=tuple(one.id for one in findings),
        commands=(f"echo {shlex.quote(location)} >> .dockerignore",) if copied else (),
        notes=(ROTATE, INSTEAD),
    )


def _is_secret(finding: Finding) -> bool:
    return finding.kind is FindingKind.SECRET or finding.rule in _RULES


def _holders(situation: Situation, finding: Finding) -> list[Held]:
    """Return the pairs of the Dockerfile that a finding is about, in order, each once."""
    found: list[Held] = []
    for place, note in _places(finding):
        setting, step = _SETTING.match(place), _STEP.match(place)
        if setting:
            found += _pairs(situation, (setting[1],), {setting[2].rstrip(":")})
        elif step:
            found += _pairs(situation, _HOLDERS, _names_in(situation, int(step[1]), note))
    by_place = {pair.span.start: (one, pair) for one, pair in found}
    return [by_place[at] for at in sorted(by_place)]


def _places(finding: Finding) -> list[tuple[str, str]]:
    return [(finding.location, ""), *((one.name, one.note) for one in finding.evidence)]


def _names_in(situation: Situation, number: int, note: str) -> set[str]:
    """Return the names that a build step sets, narrowed to those that a note names."""
    image = situation.subject.image
    steps = read_history(image.config.history, len(image.layers)) if image else ()
    named = set(_NAME.findall(note))
    for step in steps[number - 1 : number]:
        found = {name for name, value in step.build_arguments if value}
        if step.instruction in _HOLDERS:
            found = set(_NAME.findall(step.text))
        # Of several, those that are called like secrets: the others may be needed.
        telling = found if len(found) == 1 else {one for one in found if _TELLING.search(one)}
        return found & named or telling
    return set()


def _pairs(situation: Situation, keywords: Sequence[str], names: set[str]) -> list[Held]:
    file = situation.dockerfile
    if file is None:
        return []
    return [
        (one, pair)
        for stage in situation.chain
        for one in stage.instructions
        if one.keyword in keywords
        for pair in pairs_of(one, file.escape)
        if pair.name in names and pair.value
    ]


def _without(situation: Situation, one: Instruction, gone: Sequence[Pair]) -> list[Edit]:
    """Return the edits that remove pairs, the whole instruction where none is left."""
    escape = situation.dockerfile.escape if situation.dockerfile else "\\"
    pairs = pairs_of(one, escape)
    kept = [at for at, pair in enumerate(pairs) if pair not in gone]
    if not kept:
        return [Edit(situation.name, one.span.start, one.span.end, b"")]
    # With the gap to a neighbour, so that no continued line is left empty.
    spans = [(pairs[0].span.start, pairs[kept[0]].span.start)] if kept[0] else []
    spans += [
        (pairs[at - 1].span.end, pair.span.end)
        for at, pair in enumerate(pairs)
        if at > kept[0] and pair in gone
    ]
    return [Edit(situation.name, start, end, b"") for start, end in spans]
