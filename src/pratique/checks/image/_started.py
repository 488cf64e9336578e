"""Say what a container of the image runs when it starts."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pratique.checks.image.interface import Scene
from pratique.formats.shell_commands import Command, commands

SHELLS = frozenset({"ash", "bash", "busybox", "dash", "fish", "ksh", "sh", "zsh"})
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_SCRIPT = re.compile(r"-[a-z]*c")


def shell_script(words: tuple[str, ...]) -> str:
    """
    Return the text that a command line gives to a shell by ``-c``, or empty.

    >>> shell_script(("/bin/sh", "-ec", "exec app"))
    'exec app'
    """
    if words and words[0].rpartition("/")[2] in SHELLS:
        for word, following in pairwise(words[1:]):
            if _SCRIPT.fullmatch(word):
                return following
    return ""


def started(scene: Scene) -> tuple[Command, ...]:
    """Return the commands of entrypoint and command, those behind ``sh -c`` split."""
    words = (*scene.config.entrypoint, *scene.config.cmd)
    script = shell_script(words)
    if script:
        return tuple(commands(script))
    return (Command(words),) if words else ()


def started_files(scene: Scene) -> Iterator[str]:
    """Yield the paths of files that the first words of entrypoint and command mean."""
    config = scene.config
    for word in (*config.entrypoint, *config.cmd)[:4]:
        if word.startswith("/"):
            yield word.strip("/")
        elif "/" in word:
            yield f"{config.working_dir}/{word}".strip("/")
        else:
            yield from (f"{folder}/{word}".strip("/") for folder in _search_path(scene))


def _search_path(scene: Scene) -> list[str]:
    path = next((value for name, value in scene.environment() if name == "PATH"), _PATH)
    return path.split(":")[:20]


def only_a_shell(scene: Scene) -> bool:
    """Say whether nothing or a bare shell is started, as base images have it."""
    words = (*scene.config.entrypoint, *scene.config.cmd)
    names = [word.rpartition("/")[2] for word in words if not word.startswith("-")]
    return not names or (len(names) == 1 and names[0] in SHELLS)
