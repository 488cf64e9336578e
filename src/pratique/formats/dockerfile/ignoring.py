"""
Say which files of a build context a ``.dockerignore`` leaves out.

Laws: the last pattern that fits decides; ``!`` takes a file back in; a pattern that fits a folder
fits all below it; ``**`` stands for any number of folders, ``*`` and ``?`` never for a slash. Time is
bounded by pattern and path, whatever they are.

Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
"""

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import lru_cache
from posixpath import normpath

from msgspec import Struct

MAX_PATTERNS = 5_000
_MAX_PART = 256


class Pattern(Struct, frozen=True):
    """One line: the parts of its path, and whether it takes files back in."""

    parts: tuple[str, ...]
    takes_in: bool = False


def patterns_of(lines: Iterable[str]) -> tuple[Pattern, ...]:
    """
    Return the patterns of a ``.dockerignore``; comments and blank lines are none.

    >>> patterns_of(["# c", "", "/a/*", "!a/b"])
    (Pattern(parts=('a', '*'), takes_in=False), Pattern(parts=('a', 'b'), takes_in=True))
    """
    found: list[Pattern] = []
    for line in lines:
        text = line.strip()
        if not text or line.startswith("#"):
            continue
        takes_in = text.startswith("!")
        path = cleaned(text.removeprefix("!").strip())
        if path:
            found.append(Pattern(tuple(path.split("/")), takes_in))
        if len(found) == MAX_PATTERNS:
            break
    return tuple(found)


def cleaned(path: str) -> str:
    """
    Return a path of the context without what makes it look different; the context itself is empty.

    >>> cleaned("./a//b/"), cleaned("/a/../c"), cleaned(".")
    ('a/b', 'c', '')
    """
    plain = normpath("/" + path.replace("\\", "/")).lstrip("/")
    return "" if plain == "." else plain


def leaves_out(patterns: Iterable[Pattern], path: str) -> bool:
    """
    Say whether the patterns leave a file out.

    >>> leaves_out(patterns_of(["*", "!src", "**/*.pem"]), "src/main.c")
    False
    >>> leaves_out(patterns_of(["*", "!src", "**/*.pem"]), "src/tls/key.pem")
    True
    """
    parts = tuple(cleaned(path).split("/"))
    out = False
    for pattern in patterns:
        if pattern.takes_in is out and _fits(pattern.parts, parts):
            out = not pattern.takes_in
    return out


def _fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Say whether a pattern fits a path or a folder above it: all states are kept side by side."""
    states = _past_any({0}, pattern)
    for name in path:
        following: set[int] = set()
        for at in states:
            if pattern[at] == "**":
                following.add(at)
            if pattern[at] == "**" or _glob(pattern[at]).match(name):
                following.add(at + 1)
        states = _past_any(following, pattern)
        if len(pattern) in states:
            return True
        states.discard(len(pattern))
    return False


def _past_any(states: set[int], pattern: tuple[str, ...]) -> set[int]:
    """Return the states and those behind a ``**``, which may stand for no folder at all."""
    found = set(states)
    for at in states:
        while at < len(pattern) - 1 and pattern[at] == "**":
            at += 1
            found.add(at)
    return found


@lru_cache(maxsize=1024)
def _glob(part: str) -> re.Pattern[str]:
    return re.compile(translate(part[:_MAX_PART].replace("[^", "[!")))
