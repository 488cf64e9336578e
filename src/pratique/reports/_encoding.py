"""
Encode values as JSON that is the same every time and harmless wherever it is printed.

JSON may hold C1 controls, DEL, bidirectional overrides and line separators as they are; a terminal
would act on them. A CI service acts on ``##[…]`` and ``##vso[…]`` anywhere in a line of its log. They
are written as ``\\uXXXX``, which every JSON reader turns back.
"""

import re
from collections.abc import Iterator

import msgspec

_ACTING = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)

_PIECE_BYTES = 1 << 20
_COMMAND = re.compile(rb"#(?=#[A-Za-z]{0,20}\[)")


def json_bytes(value: object) -> bytes:
    """
    Return ``value`` as indented JSON with a final newline, keys in the order of the fields.

    >>> json_bytes({"name": "a\\u202eb"})
    b'{\\n  "name": "a\\\\u202eb"\\n}\\n'
    """
    content = msgspec.json.format(msgspec.json.encode(value), indent=2)
    if b"##" in content:
        content = _COMMAND.sub(rb"\\u0023", content)
    if content.isascii() and b"\x7f" not in content:
        return content + b"\n"
    return b"".join((*_harmless(content), b"\n"))


def _harmless(content: bytes) -> Iterator[bytes]:
    """
    Yield what is written, in pieces that end with a line: as text, all of it at once is four times it.

    Within JSON a newline stands only between values, so no character is cut.
    """
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _PIECE_BYTES) + 1 or len(content)
        yield _ACTING.sub(_escaped, content[start:end].decode()).encode()
        start = end


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
