"""
Find downloads that are run unseen: in the history, in what the container starts, in its entrypoint
script.

A step that checks a checksum or a signature is not told.
"""

from collections.abc import Iterable, Iterator

from pratique.checks._downloads import fetched_and_run
from pratique.checks.image._started import started, started_files
from pratique.checks.image.interface import Scene, at, raise_first, sample
from pratique.formats.shell_commands import commands
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "downloaded-script"
TITLE = "something is downloaded and run unseen"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0011", "CIS-Docker-4.11")
RULES = {
    NAME: (
        "A command downloads something and runs it in the same breath (curl … | sh). Whoever "
        "controls the server, its name or the way to it decides what runs, each time anew, and "
        "nothing tells later what it was. In the history of the build it is graded low: the result "
        "is in the image and can be looked at. In what the container starts it is graded high: every "
        "start runs something that no scan has seen. Download a version you name, compare its "
        "SHA-256 or signature, and do it while building."
    )
}
PATTERNS = Patterns(
    names=(
        "entrypoint.sh",
        "docker-entrypoint.sh",
        "entrypoint",
        "docker-entrypoint",
        "start.sh",
        "startup.sh",
        "run.sh",
        "boot.sh",
        "init.sh",
        "docker-entrypoint.bash",
        "entrypoint.bash",
    ),
    max_bytes=256 << 10,
)


def _ran(line: str) -> tuple[HistoryEntry, ...]:
    return (HistoryEntry(created_by=f"RUN /bin/sh -c {line} # buildkit", empty_layer=True),)


_SCRIPT = '#!/bin/sh\nset -e\nwget -qO- https://x.example/setup | bash\nexec "$@"\n'
FIRES = (
    sample(history=_ran("curl -fsSL https://x.example/i.sh | sudo -E bash -")),
    sample(history=_ran("wget -O /tmp/i.sh https://x.example/i.sh && sh /tmp/i.sh")),
    sample(history=_ran("curl -LO https://x.example/tool && chmod +x tool && ./tool install")),
    sample(entrypoint=("/bin/sh", "-c", "curl -s https://x.example/run | sh")),
    sample((("docker-entrypoint.sh", _SCRIPT),), entrypoint=("/docker-entrypoint.sh",)),
)
SILENT = (
    sample(history=_ran("curl -fsSL https://x.example/k.asc | gpg --dearmor -o /usr/share/k.gpg")),
    sample(history=_ran("curl -LO https://x.example/t && echo 'ab  t' | sha256sum -c && sh t")),
    sample(history=_ran("wget https://x.example/x.tar.gz && tar xzf x.tar.gz && cd x && make")),
    sample(
        (("docker-entrypoint.sh", '#!/bin/sh\nexec "$@"\n'),), entrypoint=("/docker-entrypoint.sh",)
    ),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer of the history, and one for what the container starts."""
    yield from scene.in_steps(
        (step, way) for step in scene.steps for way in fetched_and_run(step.commands)
    )
    ways = (at("ENTRYPOINT", f"at each start: {way}") for way in fetched_and_run(started(scene)))
    yield from scene.in_config(ways, Severity.HIGH)
    problems: list[FormatError] = []
    yield from scene.in_files(_scripts(scene, problems), severity=Severity.HIGH)
    raise_first(problems)


def _scripts(scene: Scene, problems: list[FormatError]) -> Iterator[Place]:
    """Yield what the started script does, if it is one whose name says so."""
    for path in started_files(scene):
        node = scene.tree.get(path)
        if node is None or node.entry.size_bytes > PATTERNS.max_bytes:
            continue
        real = node.entry.path
        text = scene.text(path, problems) if scene.tree.versions(real) else None
        if text and (text.startswith("#!") or path.endswith(".sh")):
            for way in fetched_and_run(commands(text)):
                yield Place(real, f"at each start: {way}")
