r"""
Turn JSON with comments and trailing commas into plain JSON.

One linear pass: each string, comment or superfluous comma is taken once. What is no such JSON stays
what it is and is refused by the decoder. Source: https://jsonc.org
"""

import re
from functools import cache

from pratique.model.errors import LimitExceeded

_MOST = 2_000_000
_WHITE = b" \t\r\n"


def plain_json(content: bytes) -> bytes:
    r"""
    Return ``content`` without comments and without commas before a closing bracket.

    Raises:
        LimitExceeded: more than two million strings, commas or comments.

    >>> plain_json(b'{"a": ["//,]",], /* x */ } // y')
    b'{"a": ["//,]"]} '
    """
    if max(map(content.count, (b'"', b",", b"/*", b"//"))) > _MOST:
        raise LimitExceeded(f"JSON of more than {_MOST} strings, commas or comments")
    bare = _tokens().sub(_without_comment, content)
    return _commas().sub(_without_comma, bare)


@cache
def _tokens() -> re.Pattern[bytes]:
    # A string is taken to its end, or to the end of the file where it has none: no text is
    # looked at twice.
    return re.compile(
        rb'"(?:[^"\\]++|\\.)*+"?|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?', re.DOTALL
    )


@cache
def _commas() -> re.Pattern[bytes]:
    return re.compile(rb'"(?:[^"\\]++|\\.)*+"?|,[ \t\r\n]*+[\]}]?', re.DOTALL)


def _without_comment(found: re.Match[bytes]) -> bytes:
    token = found[0]
    return token if token[:1] == b'"' else b""


def _without_comma(found: re.Match[bytes]) -> bytes:
    token = found[0]
    return token[1:].lstrip(_WHITE) if token[:1] == b"," and token[-1:] in b"]}" else token
