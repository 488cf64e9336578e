"""Find layers that keep what pip downloaded."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile._installs import option_behind, ships, verb_of
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Word
from pratique.model.built import Effect
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pip-cache-left"
TITLE = "the cache of pip stays in a layer"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3042",)
RULES = {
    NAME: (
        "pip keeps what it downloads under ~/.cache/pip, in the layer of that RUN. In an image "
        "nobody uses it again. Give pip --no-cache-dir, set PIP_NO_CACHE_DIR=1, or mount a cache "
        "over the folder (RUN --mount=type=cache,target=/root/.cache/pip), which also makes the "
        "next build faster. Stages that do not reach the image are told as negligible."
    )
}
_PIP = re.compile(r"pip[0-9.]*")
_PYTHON = re.compile(r"python[0-9.]*|pypy[0-9.]*")
_TRUE = frozenset({"1", "true", "on", "yes"})
_SWITCH = re.compile(r"PIP_NO_CACHE_DIR=(?:1|true|on|yes)", re.IGNORECASE)
BAD = (
    "FROM python:3.13\nRUN pip install flask==3.1\n",
    "FROM python:3.13\nRUN python3 -m pip install -r requirements.txt\n",
)
GOOD = (
    "FROM python:3.13\nRUN pip install --no-cache-dir flask==3.1\n",
    "FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip3 install flask\n",
    "FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n",
    "FROM python:3.13\nRUN pip install flask && rm -rf ~/.cache\n",
    "FROM python:3.13\nRUN pip --version && pipx install x\n",
)
FIXED = (
    (
        "FROM python:3.13\nRUN pip install flask==3.1\n",
        "FROM python:3.13\nRUN pip install --no-cache-dir flask==3.1\n",
    ),
)
EFFECT = Effect(removed=("*.cache", "*.cache/pip", "*.cache/pip/*"))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for run, command in scene.commands():
        verb = _install(command)
        if verb is None or command.has("--no-cache-dir") or _off(run, command):
            continue
        yield scene.at_span(
            command.span,
            "what pip downloads stays in the layer",
            key=" ".join(command.plain)[:80],
            severity=None if ships(scene, run.stage) else Severity.NEGLIGIBLE,
            edits=option_behind(scene, verb, "--no-cache-dir"),
            remedy="add --no-cache-dir",
        )


def _install(command: Command) -> Word | None:
    """Return the word ``install`` of a command that is pip's."""
    module = _PYTHON.fullmatch(command.program) and command.arguments[:2] == ("-m", "pip")
    if not module and not _PIP.fullmatch(command.program):
        return None
    return verb_of(command, frozenset({"install"}))


def _off(run: Run, command: Command) -> bool:
    """Say whether nothing is kept: by the environment, a mount, or because it is deleted."""
    if run.values.get("PIP_NO_CACHE_DIR", "").strip("\"'").lower() in _TRUE:
        return True
    if any("cache" in (mount.options.get("target") or "") for mount in run.mounts):
        return True
    words = [*command.before]
    for one in run.commands:
        if one.program == "export" or not one.words:
            words += [*one.words, *one.before]
        if one.program == "rm" and any(".cache" in name for name in one.plain):
            return True
    return any(_SWITCH.match(word.value) for word in words)
