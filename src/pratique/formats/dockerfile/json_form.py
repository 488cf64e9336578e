"""
Read the exec form: a JSON list of strings, and nothing else.

What is not exactly that is shell form, as for BuildKit; a list that was meant (``['a']``) is told
apart by ``looks_like_list``.
"""

import json
import re

from pratique.formats.dockerfile.tree import Folded, Word

_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"')
_SPACE = re.compile(r"\s*")


def json_of(folded: Folded) -> tuple[Word, ...] | None:
    """
    Return the strings of a JSON list with their places (quotes included), else None.

    >>> [word.value for word in json_of(Folded('["sh", "-c"]', ((0, 0),))) or ()]
    ['sh', '-c']
    >>> json_of(Folded("['sh']", ((0, 0),))) is None
    True
    """
    text = folded.text
    if not text.lstrip().startswith("["):
        return None
    at = _skip(text, text.index("[") + 1)
    found: list[Word] = []
    while text[at : at + 1] != "]":
        if found:
            if text[at : at + 1] != ",":
                return None
            at = _skip(text, at + 1)
        match = _STRING.match(text, at)
        if match is None:
            return None
        found.append(Word(match[0], json.loads(match[0]), folded.span(at, match.end()), True))
        at = _skip(text, match.end())
    return tuple(found) if _skip(text, at + 1) == len(text) else None


def looks_like_list(text: str) -> bool:
    """Return whether somebody meant a list: it begins and ends with brackets."""
    text = text.strip()
    return len(text) > 1 and text[0] == "[" and text[-1] == "]"


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
