"""
Read go.mod: what a Go module requires, replaces and excludes.

Law: lines are words; a word may be quoted by ``"`` or a back-quote; ``//`` begins a comment; a
directive stands alone or before a block in parentheses. Directives that are not known here
(``tool``, ``godebug``, later ones) are passed over, as they name no modules.
Bounds: ``MAX_LINE_CHARS``. Source: https://go.dev/ref/mod#go-mod-file.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.model.errors import FormatError

MAX_LINE_CHARS = 8192


class Requirement(Struct, frozen=True):
    """One module at one version."""

    path: str
    version: str


class Replacement(Struct, frozen=True):
    """``version`` empty: every version; ``by.version`` empty: a folder."""

    path: str
    version: str
    by: Requirement


class GoMod(Struct, frozen=True):
    """One go.mod."""

    module: str
    requires: tuple[Requirement, ...] = ()
    replaces: tuple[Replacement, ...] = ()
    excludes: tuple[Requirement, ...] = ()


def parse_go_mod(content: bytes) -> GoMod:
    """
    Return a go.mod.

    Raises:
        FormatError: no text, a broken line, or no ``module`` in it.

    >>> found = parse_go_mod(b"module m\\nrequire a.b/c v1.2.3 // indirect\\n")
    >>> found.module, found.requires[0].version
    ('m', 'v1.2.3')
    """
    module = ""
    requires: list[Requirement] = []
    replaces: list[Replacement] = []
    excludes: list[Requirement] = []
    for word, rest in _directives(content):
        if word == "module" and rest:
            module = rest[0]
        elif word == "require":
            requires.append(_pair(rest))
        elif word == "exclude":
            excludes.append(_pair(rest))
        elif word == "replace":
            replaces.append(_replacement(rest))
    if not module:
        raise FormatError("a go.mod without a module")
    return GoMod(module, tuple(requires), tuple(replaces), tuple(excludes))


def _directives(content: bytes) -> Iterator[tuple[str, list[str]]]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise FormatError("a go.mod that is not UTF-8 text") from None
    block = ""
    for line in lines:
        words = _words(line)
        if not words:
            continue
        if block:
            if words == [")"]:
                block = ""
            else:
                yield block, words
        elif words[1:] == ["("]:
            block = words[0]
        elif len(words) == 1 and words[0].endswith("("):
            block = words[0][:-1]
        else:
            yield words[0], words[1:]
    if block:
        raise FormatError("a go.mod that breaks off")


def _words(line: str) -> list[str]:
    if len(line) > MAX_LINE_CHARS:
        raise FormatError("a go.mod with a line of more than 8192 characters")
    words = []
    rest = line.strip()
    while rest and not rest.startswith("//"):
        if rest[0] in '"`':
            word, end, rest = rest[1:].partition(rest[0])
            if not end:
                raise FormatError("a go.mod with an open quote")
        else:
            word = rest.split(maxsplit=1)[0].partition("//")[0]
            rest = rest[len(word) :]
        words.append(word)
        rest = rest.lstrip()
    return words


def _pair(words: list[str]) -> Requirement:
    if len(words) != 2:
        raise FormatError(f"a go.mod with a broken line: {' '.join(words)[:60]!r}")
    return Requirement(words[0], words[1])


def _replacement(words: list[str]) -> Replacement:
    old, new = words, []
    if "=>" in words:
        at = words.index("=>")
        old, new = words[:at], words[at + 1 :]
    if len(old) not in (1, 2) or len(new) not in (1, 2):
        raise FormatError(f"a go.mod with a broken line: {' '.join(words)[:60]!r}")
    return Replacement(old[0], "".join(old[1:]), Requirement(new[0], "".join(new[1:])))
