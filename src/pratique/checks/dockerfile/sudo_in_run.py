"""Report that RUN uses sudo."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Span, Word
from pratique.model.built import Effect
from pratique.model.edit import Edit
from pratique.model.fault import FixClass
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "sudo-in-run"
TITLE = "RUN uses sudo"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3004",
    "DS-0010",
    "AVD-DS-0010",
    "CKV2_DOCKER_1",
)
RULES = {
    NAME: (
        "A build runs as root unless USER says otherwise, so sudo adds nothing but a setuid "
        "program, a different environment and signals that do not arrive. Leave it out; where "
        "a step needs root, put USER root before it and the other user after it. To start as "
        "another user, gosu, setpriv or USER do it without a process in between."
    )
}
BAD = (
    "FROM debian:12\nRUN sudo apt-get update\n",
    "FROM debian:12\nRUN a && sudo -E b\n",
)
GOOD = (
    "FROM debian:12\nRUN apt-get install -y sudo\n",
    "FROM debian:12\nRUN echo sudo\n",
)
FIXED = (("FROM debian:12\nRUN sudo apt-get update\n", "FROM debian:12\nRUN apt-get update\n"),)
EFFECT = Effect(removed=("run/sudo", "run/sudo/*", "var/lib/sudo/*"))


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each command that sudo runs; where the build is root, leaving it out is offered."""
    for run, one in scene.commands():
        found = next((word for word in one.before if word.value in ("sudo", "/usr/bin/sudo")), None)
        if found is not None:
            words = f"sudo before {one.program or 'nothing'}"
            span = Span(found.span.start, one.span.end)
            yield scene.at_span(span, words, edits=_edits(scene, run, one, found), **_FIX)


def _edits(scene: Scene, run: Run, one: Command, found: Word) -> tuple[Edit, ...]:
    """Return what takes a bare sudo away, nothing where the user may not be root."""
    bare = one.words and one.before[-1] is found
    stage = next((each for each in scene.stages if each.index == run.stage), None)
    if not bare or stage is None or stage.parent is not None:
        return ()
    before = (each for each in stage.instructions if each.span.start < run.instruction.span.start)
    users = [each.text.strip() for each in before if each.keyword == "USER"]
    if users and users[-1].partition(":")[0] not in ("root", "0"):
        return ()
    return (scene.edit(Span(found.span.start, one.words[0].span.start), ""),)


_FIX: dict[str, object] = {"fix": FixClass.VERIFIED, "remedy": "leave sudo out"}
