"""Tell into which files the commands of a RUN write the values of variables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import normpath

from msgspec import Struct

from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Span, Word

_ECHOES = frozenset({
    "awk", "base64", "cat", "cut", "echo", "envsubst", "jq", "printf", "sed", "tee", "tr", "xargs",
})  # fmt: skip
"""Programs whose output is what they were given."""
_CONFIGS: Mapping[tuple[str, str], str] = {
    ("npm", "config"): "/root/.npmrc",
    ("npm", "set"): "/root/.npmrc",
    ("pnpm", "config"): "/root/.npmrc",
    ("yarn", "config"): "/root/.yarnrc.yml",
    ("git", "config"): "/root/.gitconfig",
    ("pip", "config"): "/root/.config/pip/pip.conf",
    ("pip3", "config"): "/root/.config/pip/pip.conf",
    ("poetry", "config"): "/root/.config/pypoetry/auth.toml",
    ("bundle", "config"): "/root/.bundle/config",
    ("composer", "config"): "/root/.composer/auth.json",
    ("docker", "login"): "/root/.docker/config.json",
    ("helm", "registry"): "/root/.config/helm/registry/config.json",
    ("aws", "configure"): "/root/.aws/credentials",
    ("dotnet", "nuget"): "/root/.nuget/NuGet/NuGet.Config",
}
"""Where programs write the settings that they are told, by their first words."""
_UNSET = frozenset({"--unset", "--unset-all", "delete", "unset", "logout", "--remove-section"})
_COPIES = frozenset({"cp", "install", "mv"})


class Kept(Struct, frozen=True):
    """A file that comes to hold a value, the command that writes it, and whose value it is."""

    span: Span
    path: str
    origin: str


def kept(
    commands: Sequence[Command],
    names: Mapping[str, str],
    workdir: str,
    files: Mapping[str, str] | None = None,
) -> Iterator[Kept]:
    """
    Yield the files that hold a value when the RUN is over; what it deletes again is not told.

    Args:
        commands: what the RUN runs.
        names: variables that hold a secret, and what to call it.
        workdir: where relative paths begin.
        files: files that hold one, and what to call it.
    """
    known, given = dict(names), files or {}
    found: list[Kept] = []
    flowing = ""
    for one in commands:
        if one.depth:
            continue
        _assigned(one, known, given)
        used = _used(one, known, given)
        flowing = used or (flowing if one.operator in ("|", "|&") else "")
        if flowing and len(found) < 100:
            found += [Kept(one.span, path, flowing) for path in _written(one, workdir)]
        found = [each for each in found if not _removed(one, each, workdir)]
    seen: set[str] = set()
    for each in found:
        if each.path not in seen and each.path not in given:
            seen.add(each.path)
            yield each


def place(path: str, workdir: str) -> str:
    """
    Return a path of the image in full; the home is that of root.

    >>> place("~/.npmrc", "/app"), place("a/../b", "/app"), place("/x/", "/")
    ('/root/.npmrc', '/app/b', '/x')
    """
    plain = path.strip("\"'")
    for home in ("${HOME}", "$HOME", "~"):
        if plain == home or plain.startswith(f"{home}/"):
            plain = f"/root{plain[len(home) :]}"
    full = normpath(plain if plain.startswith("/") else f"{workdir}/{plain}")
    return "/" + full.lstrip("/")


def uses(text: str, name: str) -> bool:
    """
    Say whether a text uses a variable.

    >>> uses("a=${TOKEN:-x}", "TOKEN"), uses("$TOKENS", "TOKEN")
    (True, False)
    """
    return re.search(rf"\$(?:{re.escape(name)}\b|\{{{re.escape(name)}\b)", text) is not None


def _assigned(one: Command, known: dict[str, str], files: Mapping[str, str]) -> None:
    """Note variables of the shell that get a value from one that holds a secret."""
    words = [*one.before, *(one.words[1:] if one.program in ("export", "declare", "local") else ())]
    for word in words:
        name, equals, value = word.raw.partition("=")
        origin = _origin(value, known, files)
        if equals and origin and name.isidentifier():
            known[name] = origin


def _used(one: Command, known: Mapping[str, str], files: Mapping[str, str]) -> str:
    for word in one.words:
        origin = "" if _is_literal(word) else _origin(word.raw, known, files)
        if origin:
            return origin
    return _origin(one.reads, known, files)


def _is_literal(word: Word) -> bool:
    return word.literal and '"' not in word.raw


def _origin(text: str, known: Mapping[str, str], files: Mapping[str, str]) -> str:
    """Return what a text holds the value of: by a variable, or by naming a file."""
    if "$" in text:
        for name, origin in known.items():
            if uses(text, name):
                return origin
    return next((origin for path, origin in files.items() if path in text), "")


def _written(one: Command, workdir: str) -> Iterator[str]:
    """Yield the files to which a command that was given a value writes it."""
    plain, program = one.plain, one.program
    if one.writes and program in _ECHOES and not one.writes.startswith("/dev/"):
        yield place(one.writes, workdir)
    if program == "tee":
        yield from (place(path, workdir) for path in plain)
    elif (program == "sed" and one.has("-i") and plain) or (program in _COPIES and len(plain) > 1):
        yield place(plain[-1], workdir)
    elif program == "git" and one.verb == "clone" and len(plain) > 1:
        folder = plain[2] if len(plain) > 2 else plain[1].rpartition("/")[2].removesuffix(".git")
        yield place(f"{folder}/.git/config", workdir)
    elif (program, one.verb) in _CONFIGS and not _UNSET.intersection(one.arguments):
        yield _CONFIGS[program, one.verb]


def _removed(one: Command, each: Kept, workdir: str) -> bool:
    if one.program in ("rm", "shred", "unlink"):
        gone = (place(path.rstrip("*"), workdir) for path in one.plain)
        return any(each.path == path or each.path.startswith(f"{path}/") for path in gone)
    unset = bool(_UNSET.intersection(one.arguments))
    return unset and _CONFIGS.get((one.program, one.verb)) == each.path
