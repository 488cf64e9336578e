"""
Follow the values of secrets through a Dockerfile: ARG, ENV, files that RUN writes, COPY --from.

Sources are ARG and ENV with the name of a credential, or a value in the form of one. A value flows to
a variable that is set from it, into a file that a command writes it to, along with files that another
stage copies, and to stages built on one. It ends where the last stage keeps it. Commands are read as
``shell.py`` tells them: what scripts do is not seen, so silence proves nothing.
"""

from collections.abc import Iterator
from posixpath import basename

from msgspec import Struct, field

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.dockerfile._installs import ships
from pratique.checks.dockerfile._kept import Kept, kept, place, uses
from pratique.checks.dockerfile._secret_values import is_secret_value
from pratique.checks.dockerfile.interface import Scene
from pratique.formats.dockerfile.reading import pairs_of, sources_of
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Instruction, Span
from pratique.formats.dockerfile.variables import names_in

MOST = 200
"""Files followed in one stage."""


class Leak(Struct, frozen=True):
    """Where a value comes to rest in the image: what to underline, what to say, what tells it apart."""

    span: Span
    note: str
    key: str


class _State(Struct):
    """What is known at one point of a stage: names and files that hold a secret, and whose."""

    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"

    def copy(self) -> "_State":
        """Return the same for a stage built on this one."""
        return _State(dict(self.names), dict(self.files), self.workdir)


def leaks(scene: Scene) -> Iterator[Leak]:
    """Yield every place at which the last stage comes to hold the value of a secret."""
    ends: list[_State] = []
    runs = {run.instruction.span.start: run for run in scene.runs}
    for stage in scene.stages:
        state = ends[stage.parent].copy() if stage.parent is not None else _State()
        keeps = ships(scene, stage.index)
        for one in stage.instructions:
            taken = one.trigger or one
            found = tuple(_see(scene, taken, state, runs, ends))
            yield from found if keeps else ()
        ends.append(state)


def _see(
    scene: Scene, one: Instruction, state: _State, runs: dict[int, Run], ends: list[_State]
) -> Iterator[Leak]:
    """Take one instruction; yield what it makes the stage keep."""
    if one.keyword in ("ARG", "ENV", "LABEL"):
        yield from _values(scene, one, state)
    elif one.keyword == "WORKDIR":
        state.workdir = place(one.text.strip(), state.workdir)
    elif one.keyword == "RUN" and one.span.start in runs:
        run = runs[one.span.start]
        for written in kept(run.commands, state.names, state.workdir):
            yield from _file(state, written)
    elif one.keyword in ("COPY", "ADD"):
        yield from _heredocs(scene, one, state)
        yield from _copied(scene, one, state, ends)


def _values(scene: Scene, one: Instruction, state: _State) -> Iterator[Leak]:
    for pair in pairs_of(one, scene.file.escape):
        value = pair.value or ""
        used = [name for name in names_in(value, scene.file.escape) if name in state.names]
        origin = state.names[used[0]] if used else ""
        if one.keyword != "ARG" and used and (used[0] != pair.name or origin.startswith("ARG")):
            note = f"{origin} becomes the {one.keyword} {pair.name[:80]} of every container"
            yield Leak(pair.span, note, f"{one.keyword} {pair.name[:80]} {used[0][:80]}")
        if one.keyword == "LABEL":
            continue
        secret = is_secret_value(value) or (is_secret_name(pair.name) and _given(one, value))
        if used:
            state.names[pair.name] = origin
        elif secret:
            state.names[pair.name] = f"{one.keyword} {pair.name[:80]}"
        elif one.keyword == "ENV":
            state.names.pop(pair.name, None)


def _given(one: Instruction, value: str) -> bool:
    """Say whether a variable with a secret name holds one: an ARG may always be given."""
    return one.keyword == "ARG" or is_value(value)


def _file(state: _State, written: Kept) -> Iterator[Leak]:
    if len(state.files) < MOST:
        state.files[written.path] = written.origin
    note = f"{written.origin} is written to {written.path[:80]}, which stays in the layer"
    yield Leak(written.span, note, f"{written.path[:80]} {written.origin[:80]}")


def _heredocs(scene: Scene, one: Instruction, state: _State) -> Iterator[Leak]:
    """Follow ``COPY <<EOF file`` whose text holds a secret's variable."""
    target = sources_of(one, scene.file.escape)[1]
    for heredoc in one.heredocs:
        body = heredoc.body.of(scene.file.content).decode("utf-8", "replace")
        used = [name for name in state.names if heredoc.expand and uses(body, name)]
        if used and target is not None:
            path = place(target.value, state.workdir)
            yield from _file(state, Kept(target.span, path, state.names[used[0]]))


def _copied(scene: Scene, one: Instruction, state: _State, ends: list[_State]) -> Iterator[Leak]:
    """Follow files that come from another stage."""
    source = _stage(scene, one.flag("from") or "", len(ends))
    if source is None:
        return
    words, target = sources_of(one, scene.file.escape)
    for word in words:
        folder = place(word.value, "/")
        for path, origin in tuple(ends[source.index].files.items()):
            if target is None or not _within(path, folder):
                continue
            rest = path[len(folder) :].lstrip("/") if path != folder else ""
            new = place(target.value, state.workdir)
            new = f"{new}/{rest}" if rest else new
            new += f"/{basename(path)}" if not rest and target.value.endswith("/") else ""
            state.files[new] = origin
            whose = source.name or f"stage {source.index}"
            note = f"{path[:80]} of {whose[:80]} holds {origin}, and comes along"
            yield Leak(word.span, note, f"{path[:80]} {origin[:80]}")


def _stage(scene: Scene, name: str, before: int) -> Stage | None:
    plain = name.strip("\"'").lower()
    if plain.isascii() and plain.isdigit():
        return scene.stages[int(plain[:9])] if int(plain[:9]) < before else None
    found = [one for one in scene.stages[:before] if one.name and one.name == plain]
    return found[-1] if found else None


def _within(path: str, folder: str) -> bool:
    return folder == "/" or path == folder or path.startswith(f"{folder}/")
