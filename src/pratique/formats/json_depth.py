"""
Refuse JSON that is nested too deeply or of too many values, before any decoder sees it.

A decoder recurses once per level of nesting, so the image could choose how deep our stack grows.
This check never recurses: it deletes what is not a bracket with a few passes over the bytes in C
and then counts. It needs no valid JSON: for text that is not JSON the answer is an upper bound or
the decoder refuses the text anyway.

Source: RFC 8259, sections 2, 7 and 9 ("an implementation may set limits on nesting").
"""

from itertools import accumulate

from pratique.model.errors import LimitExceeded

_OPEN, _CLOSE = b"[{", b"]}"
_STEP = dict.fromkeys(_OPEN, 1) | dict.fromkeys(_CLOSE, -1)
_NOISE = bytes(byte for byte in range(256) if byte not in _OPEN + _CLOSE + b'"')


def check_depth(content: bytes, max_depth: int) -> None:
    """
    Pass JSON text whose objects and lists are nested at most ``max_depth`` deep.

    Raises:
        LimitExceeded: it is deeper.

    >>> check_depth(b'{"a": ["[[[[", {}]}', 3)
    """
    if content.count(b"[") + content.count(b"{") <= max_depth:
        return
    depth = max(accumulate(map(_STEP.__getitem__, _brackets(content))), default=0)
    if depth > max_depth:
        raise LimitExceeded(f"JSON is nested {depth} deep, more than {max_depth}")


def check_values(content: bytes, most: int) -> None:
    """
    Pass JSON text of at most ``most`` values; commas inside strings count as well.

    A value of two bytes becomes an object of fifty, so bytes alone do not bound the memory.

    Raises:
        LimitExceeded: it may hold more.

    >>> check_values(b"[1, 2, 3]", 3)
    """
    if content.count(b",") >= most:
        raise LimitExceeded(f"JSON of more than {most} values (json_values)")


def _brackets(content: bytes) -> bytes:
    """
    Return the brackets that stand outside strings.

    Pairs of backslashes go first: they start where a run of backslashes starts, so what is left
    before a quote escapes it.
    """
    if b"\\" in content:
        content = content.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(content.translate(None, _NOISE).split(b'"')[::2])
