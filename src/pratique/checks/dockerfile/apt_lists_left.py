"""Report that the lists of apt are left in the image."""

from collections.abc import Iterator

from pratique.checks.dockerfile._appending import append_command, append_line
from pratique.checks.dockerfile._installed import APT
from pratique.checks.dockerfile.interface import Fault, Misread, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Span
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
    (
        "FROM debian:12 AS a\nRUN apt-get update && apt-get install -y x\n"
        "FROM a\nRUN apt-get install -y y\n",
        "FROM debian:12 AS a\n"
        "RUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n"
        "FROM a\nRUN apt-get update && apt-get install -y y && rm -rf /var/lib/apt/lists/*\n",
    ),
)
EFFECT = Effect(removed=("var/lib/apt/lists/*", "var/cache/apt/*cache.bin"))


_LISTS = "/var/lib/apt/lists"
_REMOVE = f"rm -rf {_LISTS}/*"
_INSTALLING = ("install", "upgrade", "dist-upgrade", "full-upgrade", "build-dep")


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each RUN of a stage that ships which loads the lists and does not delete them."""
    for run, update in _loading(scene):
        if not any(_clears(one) for one in run.commands):
            edits = _fix(scene, run, update)
            note = "apt-get update without deleting what it loads"
            yield scene.at_span(update.span, note, edits=edits, remedy="delete the lists")


def misread(scene: Scene) -> Iterator[Misread]:
    """Yield each RUN that deletes the lists by what hadolint does not know."""
    for run, update in _loading(scene):
        clears = [one for one in run.commands if _clears(one)]
        removes = (one for one in run.commands if one.program == "rm")
        if clears and not any({"-rf", f"{_LISTS}/*"} & {*one.arguments} for one in removes):
            said = "apt-get dist-clean" if clears[0].program in APT else clears[0].program
            yield Misread("DL3009", update.span.start, f"{said} deletes the lists")


def _loading(scene: Scene) -> Iterator[tuple[Run, Command]]:
    """Yield each RUN of a stage that ships which loads the lists into its layer, and what does."""
    parents = _shipping(scene)
    for run in scene.runs:
        if run.stage not in parents or run.cached(_LISTS):
            continue
        for one in run.commands:
            if one.program in APT and one.verb == "update":
                yield run, one
                break


def _shipping(scene: Scene) -> set[int | None]:
    return {stage.parent for stage in scene.stages} | {len(scene.stages) - 1}


def _clears(one: Command) -> bool:
    if one.program in APT and one.verb in ("dist-clean", "distclean"):
        return True
    if one.program == "find":
        return one.arguments[:1] in ((_LISTS,), ("/var/lib/apt/lists/",)) and one.has("-delete")
    paths = (path.rstrip("/*") for path in one.plain)
    return one.program == "rm" and any(
        f"{_LISTS}/".startswith(f"{path}/") for path in paths if path
    )


def _fix(scene: Scene, run: Run, update: Command) -> tuple[Edit, ...]:
    """Return what deletes the lists of a RUN and has those load them anew that need them later."""
    edits = _deleting(scene, run, update)
    for later in _built_on(scene, run):
        if not _needs_lists(later):
            continue
        loading = _reloading(scene, later)
        if not edits or not loading:
            return ()
        edits += loading
        if later.stage in _shipping(scene) and not any(_clears(one) for one in later.commands):
            edits += append_command(scene, later, _REMOVE)
    return edits


def _deleting(scene: Scene, run: Run, update: Command) -> tuple[Edit, ...]:
    """Return what appends the deletion to a RUN, if there is a place for it."""
    if run.instruction.json is not None:
        return ()
    for heredoc in run.instruction.heredocs:
        if heredoc.body.start <= update.span.start < heredoc.body.end:
            return append_line(scene, heredoc.body, _REMOVE)
    return append_command(scene, run, _REMOVE)


def _reloading(scene: Scene, run: Run) -> tuple[Edit, ...]:
    """Return what loads the lists before all else in a RUN, if apt is the first thing it runs."""
    one = run.instruction
    first = run.commands[0] if run.commands else None
    if one.json is not None or one.heredocs or run.onbuild or first is None or first.depth:
        return ()
    if first.program not in APT or first.wrappers:
        return ()
    start = (*first.before, *first.words)[0].span.start
    if start != one.arguments.at(len(one.text) - len(one.text.lstrip())):
        return ()
    return (scene.edit(Span(start, start), f"{first.words[0].raw} update && "),)


def _built_on(scene: Scene, run: Run) -> Iterator[Run]:
    """Yield the RUNs that may find in their layers below what a RUN leaves in its own."""
    after = run.instruction.span.start
    below = {run.stage}
    for stage in scene.stages[run.stage + 1 :]:
        if stage.parent in below or (stage.parent is None and stage.missing):
            below.add(stage.index)
    for one in scene.runs:
        if one.stage in below and one.instruction.span.start > after:
            yield one


def _needs_lists(run: Run) -> bool:
    """Return whether a RUN installs before it loads the lists itself."""
    for one in run.commands:
        if one.program in APT and one.verb == "update":
            return False
        if one.program in APT and one.verb in _INSTALLING:
            return True
    return not run.understood
