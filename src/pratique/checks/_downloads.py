"""Recognise commands that fetch something from the network, and those that run what they fetched."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pratique.formats.shell_commands import Command

FETCHERS = frozenset({"aria2c", "axel", "curl", "fetch", "http", "https", "lwp-request", "wget"})
_SHELLS = frozenset({"ash", "bash", "dash", "ksh", "sh", "zsh", "source", "."})
_RUNNERS = _SHELLS | {"node", "perl", "php", "python", "python2", "python3", "ruby", "pwsh"}
_SUBSTITUTED = re.compile(r"(?:\$\(|<\(|`)\s{0,20}(?:curl|wget|fetch)\b")
_PAGE = re.compile(r"https?://", re.IGNORECASE)


def fetches(command: Command) -> bool:
    """Say whether a command downloads something."""
    return command.program in FETCHERS


def fetched_and_run(found: Iterable[Command]) -> Iterator[str]:
    """
    Yield, in words that hold nothing of the image, each way in which downloads are run unseen.

    Not told: a download whose checksum or signature is checked in the same step.

    >>> from pratique.formats.shell_commands import commands
    >>> list(fetched_and_run(commands("curl -s https://x.example | sh")))
    ['curl piped into sh']
    >>> list(fetched_and_run(commands('bash -c "$(wget -qO- https://x.example)"')))
    ['a download run by bash']
    """
    listed = tuple(found)
    if _is_verified(listed):
        return
    source = ""
    for command in listed:
        name = command.program
        source = source if command.piped else ""
        if source and name in _RUNNERS:
            yield f"{source} piped into {name}"
        if fetches(command):
            source = name
        runs = name in _SHELLS | {"eval"}
        if runs and any(_SUBSTITUTED.search(word) for word in command.arguments):
            yield f"a download run by {name}"
    yield from _saved(listed)


def _saved(found: tuple[Command, ...]) -> Iterator[str]:
    """Yield downloads that are saved under a name, and run by it."""
    saved: dict[str, str] = {}
    for command in found:
        name = command.program
        if fetches(command):
            for target in _targets(command):
                saved[target.rpartition("/")[2]] = name
            continue
        ran = command.arguments[:1] if name in _RUNNERS else ()
        for word in (*command.words[:1], *ran):
            if word.rpartition("/")[2] in saved:
                yield f"{saved[word.rpartition('/')[2]]} saved a file that is run"


def _targets(command: Command) -> Iterator[str]:
    """Yield the names under which a download is saved."""
    if command.writes:
        yield command.writes
    arguments = command.arguments
    for word, following in pairwise((*arguments, "")):
        output = re.fullmatch(r"-[A-Za-z]*[oO]|--output(?:-document)?", word)
        remote = command.program == "curl" and word.endswith("O") and not word.startswith("--")
        if output and following not in ("", "-") and not remote:
            yield following
        elif _PAGE.match(word) and (
            command.program == "wget" or command.has("-O", "--remote-name")
        ):
            yield word.partition("?")[0].rpartition("/")[2]


def _is_verified(found: tuple[Command, ...]) -> bool:
    """Say whether a checksum or signature is checked among the commands."""
    for command in found:
        name = command.program
        if name in ("gpgv", "cosign", "minisign", "signify", "rpmkeys"):
            return True
        if name == "gpg" and any("verify" in word for word in command.arguments):
            return True
        checked = command.has("-c", "--check")
        if re.fullmatch(r"(?:sha(?:1|224|256|384|512)|md5|b2)sum|shasum", name) and checked:
            return True
    return False
