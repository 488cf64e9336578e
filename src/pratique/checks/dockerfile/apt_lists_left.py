"""Report that the lists of apt are left in the image."""

from collections.abc import Iterator

from pratique.checks.dockerfile._appending import append_command, append_line
from pratique.checks.dockerfile._installed import APT
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.model.built import Effect
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "apt-lists-left"
TITLE = "the lists of apt are left in the image"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3009",)
RULES = {
    NAME: (
        "apt-get update loads lists of all packages that exist, tens of megabytes, of no use "
        "to what runs and old tomorrow. Delete them in the same RUN, since a later one only "
        "hides them: rm -rf /var/lib/apt/lists/*. A cache mount over /var/lib/apt keeps them "
        "out of the image altogether. Only stages that ship count."
    )
}
BAD = (
    "FROM debian:12\nRUN apt-get update && apt-get install -y x\n",
    "FROM debian:12\nRUN <<EOF\napt-get update\nEOF\n",
)
GOOD = (
    "FROM debian:13\nRUN apt-get update; apt-get install -y x; apt-get dist-clean\n",
    "FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n",
    "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update\n",
    "FROM debian:12\nRUN apt-get update\nFROM scratch\n",
    "FROM debian:12\nRUN apt-get update; rm -r -f /var/lib/apt/lists\n",
)
FIXED = (
    (
        "FROM debian:12\nRUN apt-get update && apt-get install -y x\n",
        "FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n",
    ),
    (
        "FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y \\\n        x\n",
        "FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y \\\n        x \\\n    && rm -rf /var/lib/apt/lists/*\n",
    ),
    (
        "FROM debian:12\nRUN <<EOF\napt-get update\n  x\nEOF\n",
        "FROM debian:12\nRUN <<EOF\napt-get update\n  x\nrm -rf /var/lib/apt/lists/*\nEOF\n",
    ),
)
EFFECT = Effect(removed=("var/lib/apt/lists/*", "var/cache/apt/*cache.bin"))


_LISTS = "/var/lib/apt/lists"
_REMOVE = f"rm -rf {_LISTS}/*"


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each RUN of a stage that ships which loads the lists and does not delete them."""
    parents = {stage.parent for stage in scene.stages} | {len(scene.stages) - 1}
    needed = _needed_later(scene.runs)
    for run, later in zip(scene.runs, needed, strict=True):
        if run.stage not in parents or run.cached(_LISTS):
            continue
        updates = [one for one in run.commands if one.program in APT and one.verb == "update"]
        if updates and not any(_clears(one) for one in run.commands):
            edits = () if later else _edits(scene, run, updates[0])
            note = "apt-get update without deleting what it loads"
            yield scene.at_span(updates[0].span, note, edits=edits, remedy="delete the lists")


def _clears(one: Command) -> bool:
    if one.program in APT and one.verb in ("dist-clean", "distclean"):
        return True
    if one.program == "find":
        return one.arguments[:1] in ((_LISTS,), ("/var/lib/apt/lists/",)) and one.has("-delete")
    paths = (path.rstrip("/*") for path in one.plain)
    return one.program == "rm" and any(
        f"{_LISTS}/".startswith(f"{path}/") for path in paths if path
    )


def _edits(scene: Scene, run: Run, update: Command) -> tuple[Edit, ...]:
    """Return what appends the deletion to a RUN, if there is a place for it."""
    if run.instruction.json is not None:
        return ()
    for heredoc in run.instruction.heredocs:
        if heredoc.body.start <= update.span.start < heredoc.body.end:
            return append_line(scene, heredoc.body, _REMOVE)
    return append_command(scene, run, _REMOVE)


def _needed_later(runs: tuple[Run, ...]) -> list[bool]:
    """Return for each RUN whether a later one uses lists that it did not load itself."""
    found, needed = [], False
    for run in reversed(runs):
        found.append(needed)
        needed = needed or _needs_lists(run)
    return found[::-1]


def _needs_lists(run: Run) -> bool:
    """Return whether a RUN installs before it loads the lists itself."""
    for one in run.commands:
        if one.program in APT and one.verb == "update":
            return False
        if one.program in APT and one.verb in ("install", "upgrade", "dist-upgrade", "build-dep"):
            return True
    return not run.understood
