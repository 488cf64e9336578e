"""Find build steps that call sudo."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, sample
from pratique.formats.shell_commands import Command
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "sudo-in-build"
TITLE = "a build step calls sudo"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0001", "DL3004", "DS-0010")
RULES = {
    NAME: (
        "A command in the image's history is run by sudo. A build runs as root until USER says "
        "otherwise, so sudo has no effect, or it shows that sudo and a rule without a password stay "
        "in the image, by which whoever takes over the program becomes root. Do what needs root "
        "before USER, and leave sudo out of the image."
    )
}


def _ran(line: str) -> tuple[HistoryEntry, ...]:
    return (HistoryEntry(created_by=f"RUN /bin/sh -c {line} # buildkit", empty_layer=True),)


_BEFORE = frozenset({"!", "{", "if", "then", "do", "else", "while", "exec", "time", "env"})
FIRES = (
    sample(history=_ran("sudo apt-get update")),
    sample(history=_ran("cd /x && /usr/bin/sudo -E make install")),
    sample(history=_ran("curl -s https://x.example/k | sudo tee /etc/k")),
)
SILENT = (
    sample(history=_ran("apt-get install -y sudo && echo sudo make")),
    sample(history=_ran("visudo -c")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with what is run so."""
    return scene.in_steps(
        (step, f"sudo {command.program[:60]}".rstrip())
        for step in scene.steps
        for command in step.commands
        if _is_sudo(command)
    )


def _is_sudo(command: Command) -> bool:
    """Say whether sudo stands where a program does: first, behind assignments or shell words."""
    for word in command.words:
        if word.rpartition("/")[2] == "sudo":
            return True
        if not ("=" in word or word in _BEFORE):
            return False
    return False
