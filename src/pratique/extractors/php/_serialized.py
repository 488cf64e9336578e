r"""
Read what PHP's ``serialize()`` writes, without making objects of it.

Arrays become dictionaries with text keys, whatever the key was; strings are bytes long, so they are
cut from bytes. Objects and references are refused: no registry of PEAR holds any.
Bounds: nesting by ``Limits.json_depth`` with a stack of our own; each value takes at least two
bytes of the input. Source: php-src, ext/standard/var_unserializer.re; https://www.php.net/serialize
"""

from typing import TypeAlias

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

Plain: TypeAlias = "dict[str, Plain] | str | None"
_NUMBER = 24


def parse_serialized(content: bytes, limits: Limits = DEFAULT) -> Plain:
    r"""
    Return the value; numbers and booleans are the text they are written as.

    Raises:
        FormatError: not the text of ``serialize()``, or an object.
        LimitExceeded: nested too deeply.

    >>> parse_serialized(b'a:2:{s:4:"name";s:4:"Mail";i:0;a:1:{i:0;b:1;}}')
    {'name': 'Mail', '0': {'0': '1'}}
    """
    return _Reader(content, limits.json_depth).read()


class _Reader:
    def __init__(self, content: bytes, depth: int) -> None:
        self._content, self._at, self._depth = content, 0, depth

    def read(self) -> Plain:
        open_: list[dict[str, Plain]] = []
        keys: list[str | None] = []
        while True:
            if open_ and self._content[self._at : self._at + 1] == b"}":
                self._at += 1
                value: Plain = open_.pop()
                keys.pop()
            else:
                value = self._value()
                if isinstance(value, dict):
                    if len(open_) >= self._depth:
                        raise LimitExceeded(f"serialized data nested over {self._depth} deep")
                    open_.append(value)
                    keys.append(None)
                    continue
            if not open_:
                return value
            key = keys[-1]
            if key is None:
                keys[-1] = value if isinstance(value, str) else ""
            else:
                open_[-1][key] = value
                keys[-1] = None

    def _value(self) -> Plain:
        kind = self._content[self._at : self._at + 2]
        self._at += 2
        if kind == b"N;":
            return None
        if kind in (b"i:", b"b:", b"d:"):
            return self._until(b";").decode(errors="replace")
        if kind == b"s:":
            return self._string()
        if kind == b"a:":
            self._until(b":")
            self._expect(b"{")
            return {}
        raise FormatError("not the text of PHP's serialize()", offset=self._at - 2)

    def _string(self) -> str:
        length = self._until(b":")
        if not length.isdigit():
            raise FormatError("a string without a length", offset=self._at)
        self._expect(b'"')
        start, self._at = self._at, self._at + int(length)
        text = self._content[start : self._at]
        self._expect(b'";')
        return text.decode(errors="replace")

    def _until(self, mark: bytes) -> bytes:
        end = self._content.find(mark, self._at, self._at + _NUMBER + 1)
        if end < 0:
            raise FormatError("cut off, or a number too long", offset=self._at)
        start, self._at = self._at, end + 1
        return self._content[start:end]

    def _expect(self, mark: bytes) -> None:
        if self._content[self._at : self._at + len(mark)] != mark:
            raise FormatError(f"no {mark.decode()!r} where it must be", offset=self._at)
        self._at += len(mark)
