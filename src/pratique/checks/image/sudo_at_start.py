"""Find containers that start by sudo, su or the like."""

from collections.abc import Iterable, Iterator

from pratique.checks.image._started import shell_script
from pratique.checks.image.interface import Scene, at, sample
from pratique.formats.shell_commands import commands
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "sudo-at-start"
TITLE = "the container starts its program by sudo"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0001",)
RULES = {
    NAME: (
        "Entrypoint or command call sudo, doas or pkexec. The image then needs a setuid program and "
        "a rule that lets its user become root without a password, which whoever takes over the "
        "program uses as well, and no-new-privileges cannot be switched on. Run as the user that is "
        "needed from the start (USER), give files to it while building, and grant the single "
        "capability that is missing (for example NET_BIND_SERVICE). To go from root to a user, use "
        "gosu, su-exec or setpriv, which are not setuid."
    )
}
_TOOLS = frozenset({"sudo", "doas", "pkexec"})
FIRES = (
    sample(entrypoint=("sudo", "-E", "/app")),
    sample(entrypoint=("/bin/sh", "-c", "sudo chown x /data && exec app")),
)
SILENT = (
    sample(entrypoint=("/sudoku",)),
    sample(entrypoint=("gosu", "app", "/app"), cmd=("sudo",)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with the tool."""
    return scene.in_config(
        at("ENTRYPOINT", f"{name} is called at each start") for name in _called(scene)
    )


def _called(scene: Scene) -> Iterator[str]:
    words = (*scene.config.entrypoint, *scene.config.cmd)
    script = shell_script(words)
    for line in [one.words for one in commands(script)] if script else [words]:
        for word in line[:1]:
            name = word.rpartition("/")[2]
            if name in _TOOLS:
                yield name
