"""
Find build steps that write a credential out on their command line.

Told by the way it is given (``curl -u``, ``--password``, ``chpasswd``, a header, a URL with a
password); the value is not looked at beyond whether it is one, and not shown.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pratique.checks._secret_names import is_value
from pratique.checks.image.interface import Scene, build_step, sample
from pratique.formats.shell_commands import Command
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "secret-on-command-line"
TITLE = "a build step writes out a credential"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-DI-0010", "CIS-Docker-4.10")
RULES = {
    NAME: (
        "A command in the image's history is given a credential in plain text: a password option, "
        "a user and password for a download, a header, a URL with a password, or a line for "
        "chpasswd. Everybody who can pull the image can read it. Use a secret mount (RUN "
        "--mount=type=secret,id=…) and read the file in the command, build anew, and change the "
        "credential. An account that needs no password should have none that works (passwd -l)."
    )
}
_VALUE = "not-" + "shown-here-9"


def _ran(line: str) -> tuple[HistoryEntry, ...]:
    return (HistoryEntry(created_by=f"RUN /bin/sh -c {line} # buildkit", empty_layer=True),)


FIRES = (
    sample(history=_ran(f"curl -u ann:{_VALUE} https://x.example/f -o f")),
    sample(history=_ran(f"mysql --password={_VALUE} < schema.sql")),
    sample(history=_ran(f"git clone https://ann:{_VALUE}@git.example/x.git")),
    sample(history=_ran(f"echo 'root:{_VALUE}' | chpasswd")),
    sample(history=_ran(f"wget --header 'Authorization: Bearer {_VALUE}' https://x.example")),
)
SILENT = (
    sample(history=_ran("curl -u $USER:$PASS https://x.example && adduser --disabled-password x")),
    sample(history=_ran("git clone https://git@git.example/x.git && chpasswd < /run/secrets/p")),
    sample(
        history=_ran("mysql --password < schema.sql && mkdir -p /x && apt-get install -y passwd")
    ),
)
_OPTION = re.compile(r"--?(?:[a-z]+-)?(?:password|passwd|passphrase|token|api-?key|secret)", re.I)
_HEADER = re.compile(r"(?:authorization|x-api-key|private-token|x-auth-token):\s*(\S.*)", re.I)
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,200}:([^\s/@]{1,200})@", re.I)
_USER = re.compile(r"[^\s:]{1,100}:(\S{1,200})")
_FLAGS = frozenset({"adduser", "useradd", "deluser", "apt-get", "apt", "apk"})


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with the ways."""
    return scene.in_steps(
        (step, way)
        for step in scene.steps
        if f"config: {build_step(step)}" not in scene.told
        for way in _ways(step.commands)
    )


def _ways(found: tuple[Command, ...]) -> Iterator[str]:
    for before, command in pairwise((Command(()), *found)):
        name = command.program[:40]
        if name == "chpasswd" and command.piped and before.program in ("echo", "printf"):
            if any(
                (user := _USER.fullmatch(word)) and is_value(user[1]) for word in before.arguments
            ):
                yield "chpasswd is given a password in plain text"
            continue
        if name in _FLAGS:
            continue
        for word, following in pairwise((*command.arguments, "")):
            way = _way(name, word, following)
            if way:
                yield f"{name}: {way}"


def _way(name: str, word: str, following: str) -> str:
    option, equals, value = word.partition("=")
    if _OPTION.fullmatch(option):
        given = value if equals else following
        if is_value(given) and not given.startswith("-"):
            return f"the option {option} gives a credential"
    url = _URL.search(word)
    if url and is_value(url[1]):
        return "a URL holds a password"
    header = _HEADER.search(word)
    if header and is_value(header[1].rpartition(" ")[2]):
        return "a header holds a credential"
    user = _USER.fullmatch(following) if word in ("-u", "--user") and name == "curl" else None
    return "a user is given with a password" if user and is_value(user[1]) else ""
