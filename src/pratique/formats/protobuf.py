"""
Read and write the wire format of protocol buffers: as much as a few small messages need.

Law: a message is a run of fields, each a number and a value; what a reader does not know it passes
over. A message that breaks off, a number over 64 bits, a group (deprecated since 2008) or more
than ``MOST_FIELDS`` fields is a ``FormatError``; nothing else is raised, whatever the bytes.
Source: https://protobuf.dev/programming-guides/encoding/.
"""

from collections.abc import Iterator

from pratique.model.errors import FormatError

MOST_FIELDS = 100_000
_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_MOST_VARINT = 10


def fields(content: bytes) -> Iterator[tuple[int, int | bytes]]:
    """
    Yield the fields of a message in order: a number as an integer, everything else as bytes.

    Raises:
        FormatError: it is no message.

    >>> list(fields(b"\\x08\\x96\\x01\\x12\\x02hi"))
    [(1, 150), (2, b'hi')]
    """
    position, count = 0, 0
    while position < len(content):
        count += 1
        if count > MOST_FIELDS:
            raise FormatError(f"more than {MOST_FIELDS} fields in a message", offset=position)
        key, position = _varint(content, position)
        number, kind = key >> 3, key & 7
        value: int | bytes
        if kind == _VARINT:
            value, position = _varint(content, position)
        else:
            size, position = _size(kind, content, position)
            value = content[position : position + size]
            if len(value) < size:
                raise FormatError("a message breaks off", offset=position)
            position += size
        yield number, value


def written(*told: tuple[int, int | str | bytes]) -> bytes:
    """
    Return a message of these fields.

    >>> written((1, 150), (2, "hi"))
    b'\\x08\\x96\\x01\\x12\\x02hi'
    """
    parts = []
    for number, value in told:
        if isinstance(value, int):
            parts += [_written(number << 3 | _VARINT), _written(value)]
        else:
            content = value.encode() if isinstance(value, str) else value
            parts += [_written(number << 3 | _BYTES), _written(len(content)), content]
    return b"".join(parts)


def _size(kind: int, content: bytes, position: int) -> tuple[int, int]:
    if kind == _BYTES:
        return _varint(content, position)
    if kind == _FIXED_64:
        return 8, position
    if kind == _FIXED_32:
        return 4, position
    raise FormatError(f"a field of kind {kind}", offset=position)


def _varint(content: bytes, position: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(content[position : position + _MOST_VARINT]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            if value >= 1 << 64:
                break
            return value, position + place + 1
    raise FormatError("a number of a message breaks off or is too large", offset=position)


def _written(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
