r"""
Write one value as JSON on one line, harmless wherever it is printed.

JSON may hold C1 controls, DEL, bidirectional overrides and line separators as they are; a terminal or
a reader of lines would act on them. They are written as ``\uXXXX``, which every JSON reader turns back.
"""

import re
from collections.abc import Sequence

import msgspec

from pratique.outputs._texts import whole

_ACTING = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_MAX_ITEMS = 1024
_MAX_DEPTH = 32


def line(value: object) -> bytes:
    r"""
    Return a value as JSON on one line; lone surrogates become U+FFFD, over-long texts are cut.

    >>> line({"name": "a\u202eb"})
    b'{"name":"a\\u202eb"}'
    """
    content = msgspec.json.encode(_fit(msgspec.to_builtins(value), 0))
    if content.isascii() and b"\x7f" not in content:
        return content
    return _ACTING.sub(_escaped, content.decode()).encode()


def array(records: Sequence[bytes]) -> bytes:
    """
    Return records of JSON as one array.

    >>> array([b"1", b"2"])
    b'[1,2]'
    """
    return b"[" + b",".join(records) + b"]"


def _fit(value: object, depth: int) -> object:
    if isinstance(value, str):
        return whole(value)
    if depth >= _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        kept = list(value.items())[:_MAX_ITEMS]
        return {whole(str(key)): _fit(one, depth + 1) for key, one in kept}
    if isinstance(value, list | tuple):
        return [_fit(one, depth + 1) for one in value[:_MAX_ITEMS]]
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        return str(value)
    return value


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
