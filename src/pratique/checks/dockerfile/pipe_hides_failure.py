"""Find pipes whose failure a build does not see."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import image_name, root_image
from pratique.checks.dockerfile.interface import Fault, FixClass, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.model.built import Effect
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pipe-hides-failure"
TITLE = "a pipe hides that its beginning failed"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL4006",)
RULES = {
    NAME: (
        "A shell takes the exit code of the last command of a pipe: where curl fails in curl … | "
        "tar x, the RUN may succeed and the layer lacks what was to come. Begin the stage with "
        'SHELL ["/bin/bash", "-o", "pipefail", "-c"] (on Alpine /bin/ash -eo pipefail -c), or the '
        "RUN with set -o pipefail. Not told are pipes that begin with a command that cannot fail, "
        "such as echo."
    )
}
_SURE = frozenset({"echo", "printf", "yes", "true", ":"})
"""Commands whose failure nobody needs to see; `yes` fails whenever it is read by another."""
_WITH_BASH = frozenset({
    "debian", "ubuntu", "fedora", "centos", "almalinux", "rockylinux", "python", "node", "golang",
    "ruby", "php", "rust", "amazonlinux", "oraclelinux", "buildpack-deps", "gcc", "openjdk", "perl",
})  # fmt: skip
"""Images that bring bash, unless their tag says alpine."""
BAD = (
    "FROM debian:12\nRUN curl -f https://x.example/a.tgz | tar xz\n",
    "FROM debian:12\nRUN <<EOF\nwget -qO- https://x.example/$(cat v) | tar x\nEOF\n",
)
GOOD = (
    'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -f https://x.example | tar xz\n',
    "FROM debian:12\nRUN set -eo pipefail; curl https://x.example | tar x\n",
    "FROM debian:12\nRUN echo a | tee /b && yes | sh /c\n",
    "FROM debian:12\nRUN case $(uname -m) in a|b|c) x ;; esac\n",
    'FROM alpine:3.22\nRUN ["a", "|", "b"]\n',
)
FIXED = (
    (
        "FROM debian:12\nRUN curl -f https://x.example | tar x\n",
        'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -f https://x.example | tar x\n',
    ),
)
EFFECT = Effect(config=("Shell",))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN with such a pipe."""
    offered: set[int] = set()
    for run in scene.runs:
        piped = _first(run)
        if piped is None:
            continue
        edits = () if run.stage in offered or run.onbuild else _shell(scene, run)
        offered.add(run.stage)
        yield scene.at_span(
            piped.span,
            f"a failure of {piped.program[:40]} goes unseen",
            key=piped.program[:40],
            edits=edits,
            fix=FixClass.VERIFIED,
            remedy="set SHELL with pipefail",
        )


def _first(run: Run) -> Command | None:
    """Return the first command that is piped into another and may fail."""
    if "pipefail" in run.shell_options or any("pipefail" in one for one in run.shell_options):
        return None
    last: dict[int, Command] = {}
    for at, following in enumerate(run.commands):
        one = last.get(following.depth)
        last[following.depth] = following
        if following.program == "set" and "pipefail" in following.arguments:
            return None
        piped = one is not None and following.operator in ("|", "|&")
        if one and piped and one.program not in _SURE and not _is_pattern(run.commands, at):
            return one
    return None


def _is_pattern(commands: tuple[Command, ...], at: int) -> bool:
    """Say whether the word at an index is a further pattern of ``case``: ``a|b)``."""
    later = (one.operator for one in commands[at + 1 :] if one.depth == commands[at].depth)
    cased = any(one.program == "case" for one in commands[:at])
    return cased and len(commands[at].words) == 1 and next(later, "") in (")", "|")


def _shell(scene: Scene, run: Run) -> tuple[Edit, ...]:
    """Return the edit that sets the shell above a RUN, for bases whose shell is known."""
    name = image_name(root_image(scene, run.stage))
    alpine = "alpine" in name.path or "alpine" in name.tag
    if alpine:
        text = b'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]\n'
    elif name.last in _WITH_BASH:
        text = b'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n'
    else:
        return ()
    at = run.instruction.span.start
    return (Edit(scene.name, at, at, text),)
