"""Find downloads that a build runs unseen, such as curl piped into a shell."""

from collections.abc import Iterable, Iterator

from pratique.checks._downloads import fetched_and_run, fetches
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.shell_commands import Command as ShellCommand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "download-run-in-build"
TITLE = "a build runs what it downloads, unseen"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "curl … | sh runs whatever the server sends that day, as root of the build: who holds the "
        "server or the way to it holds the image, and nobody can say afterwards what ran. Save "
        "the file, compare it with a checksum that stands in the Dockerfile (sha256sum -c) or "
        "check its signature, then run it; or use ADD --checksum. Over plain http it is graded "
        "high."
    )
}
BAD = (
    "FROM debian:12\nRUN curl -fsSL https://x.example/install | sh\n",
    'FROM debian:12\nRUN bash -c "$(wget -qO- https://x.example/i)"\n',
    "FROM debian:12\nRUN <<EOF\ncurl -o i.sh https://x.example/i\nsh i.sh\nEOF\n",
)
GOOD = (
    "FROM debian:12\nRUN curl -fsSLo i.sh https://x.example/i && echo 'ab  i.sh' | sha256sum -c && sh i.sh\n",
    "FROM debian:12\nRUN curl https://x.example/a.tgz | tar xz\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each way in which a RUN does so."""
    for run in scene.runs:
        for inner in (False, True):
            commands = [one for one in run.commands if bool(one.depth) is inner]
            if not inner or len(commands) > 1:
                yield from _ways(scene, run, commands)


def _ways(scene: Scene, run: Run, commands: list[Command]) -> Iterator[Fault]:
    for way in dict.fromkeys(fetched_and_run(map(_plain, commands))):
        fetcher = next((one for one in commands if fetches(_plain(one))), commands[0])
        bare = any(word.startswith("http://") for word in fetcher.arguments)
        yield scene.at_span(
            fetcher.span,
            way,
            key=f"{way} {' '.join(fetcher.plain)[:80]}",
            severity=Severity.HIGH if bare else None,
        )


def _plain(command: Command) -> ShellCommand:
    """Return a command as the recognisers of downloads take it."""
    words = tuple(word.value for word in (*command.before, *command.words))
    return ShellCommand(words, command.operator in ("|", "|&"), command.writes)
