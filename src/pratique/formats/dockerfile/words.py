r"""
Split arguments into words as BuildKit does, each with its place.

White space outside quotes and ``${…}`` ends a word. Within single quotes nothing is special, within
double quotes the escape mark and variables are. A quote that is never closed reaches to the end.
Bounded: one pass, each character once.

>>> from pratique.formats.dockerfile.tree import Folded
>>> [word.value for word in words_of(Folded('a "b c" \\$d ${x:-y z}', ((0, 0),)))]
['a', 'b c', '$d', '${x:-y z}']
"""

import re

from pratique.formats.dockerfile.tree import Folded, Word

_PLAIN = re.compile(r"[^\s'\"\\`$]+")
_SPACE = re.compile(r"\s+")


def words_of(folded: Folded, escape: str = "\\") -> tuple[Word, ...]:
    """Return the words of a text in order."""
    text = folded.text
    found: list[Word] = []
    at = 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        end, value, literal = _word(text, at, escape)
        found.append(Word(text[at:end], value, folded.span(at, end), literal))
        at = end
    return tuple(found)


def _word(text: str, at: int, escape: str) -> tuple[int, str, bool]:
    """Return where a word ends, its value, and whether a single quote was in it."""
    parts: list[str] = []
    literal = False
    while at < len(text):
        plain = _PLAIN.match(text, at)
        if plain:
            parts.append(plain[0])
            at = plain.end()
            continue
        char = text[at]
        if char.isspace():
            break
        if char == "'":
            literal = True
            end = _closing(text, at + 1)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif char == '"':
            at = _double(text, at + 1, escape, parts)
        elif char == escape and at + 1 < len(text):
            parts.append(text[at + 1])
            at += 2
        elif text.startswith("${", at):
            end = _brace(text, at + 2)
            parts.append(text[at:end])
            at = end
        else:
            parts.append(char)
            at += 1
    return min(at, len(text)), "".join(parts), literal


def _closing(text: str, at: int) -> int:
    end = text.find("'", at)
    return len(text) if end < 0 else end


def _double(text: str, at: int, escape: str, parts: list[str]) -> int:
    """Read to the closing double quote; return the offset after it."""
    while at < len(text) and text[at] != '"':
        if text[at] == escape and text[at + 1 : at + 2] in ('"', "$", escape):
            at += 1
        parts.append(text[at])
        at += 1
    return at + 1


def _brace(text: str, at: int) -> int:
    """Return the offset after the brace that closes a variable; nested ones are counted."""
    depth = 1
    while at < len(text) and depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at
