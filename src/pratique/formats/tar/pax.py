"""
Read the records of a PAX extended header.

Law: a header that Go's reader refuses raises ``FormatError``; nothing else is raised. The caller
bounds the header's size (``Limits.header_bytes``).
Source: POSIX.1-2017 pax, "pax Extended Header"; Go ``archive/tar`` parsePAX and mergePAX: a record
with an empty value takes back what the block says, so it is dropped here.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from urllib.parse import unquote_to_bytes

from pratique.model.errors import FormatError
from pratique.model.paths import decode_path

Records = dict[bytes, bytes]

SPARSE_MAP = b"GNU.sparse.map"
_TEXT_KEYS = frozenset((b"path", b"linkpath", b"uname", b"gname"))
_SCHILY = b"SCHILY.xattr."
_LIBARCHIVE = b"LIBARCHIVE.xattr."


def records(body: bytes) -> Records:
    """
    Return the records of one extended header, the later of two with one key winning.

    The ``GNU.sparse.offset``/``numbytes`` pairs of sparse format 0.0 are gathered in order under
    ``GNU.sparse.map``, the form that format 0.1 has.

    Raises:
        FormatError: a length, separator or key is malformed.

    >>> records(b"14 path=a/b/c\\n")
    {b'path': b'a/b/c'}
    """
    found: Records = {}
    pairs: list[bytes] = []
    position = 0
    while position < len(body):
        blank = body.find(b" ", position, position + 20)
        digits = body[position:blank] if blank > 0 else b""
        end = position + int(digits) if digits.isdigit() else 0
        if end <= blank + 1 or end > len(body) or body[end - 1] != 0x0A:
            raise FormatError("a PAX record has a wrong length")
        key, equals, value = body[blank + 1 : end - 1].partition(b"=")
        if not equals or not _is_sound(key, value):
            raise FormatError("a PAX record has no sound key or value")
        position = end
        if key in (b"GNU.sparse.offset", b"GNU.sparse.numbytes"):
            _gather(pairs, key, value)
        else:
            found[key] = value
    if pairs:
        found[SPARSE_MAP] = b",".join(pairs)
    return {key: value for key, value in found.items() if value}


def integer(value: bytes) -> int:
    """
    Return a decimal integer of 64 bits as Go's ``ParseInt`` reads it.

    Raises:
        FormatError: it is none.

    >>> integer(b"-12")
    -12
    """
    digits = value[1:] if value[:1] in (b"-", b"+") else value
    if not digits.isdigit() or len(digits) > 4096:
        raise FormatError(f"not a number in a PAX record: {value[:24]!r}")
    result = int(value) if len(digits) <= 400 else 1 << 64
    if not -(1 << 63) <= result < 1 << 63:
        raise FormatError("a number of a PAX record is over 64 bits")
    return result


def seconds(value: bytes) -> int:
    """
    Return a time (decimal seconds, perhaps with a fraction) in whole seconds, rounded down.

    Raises:
        FormatError: it is no such number.

    >>> seconds(b"1700000000.25"), seconds(b"-0.5")
    (1700000000, -1)
    """
    whole, _, fraction = value.partition(b".")
    if fraction and not fraction.isdigit():
        raise FormatError(f"not a time in a PAX record: {value[:24]!r}")
    below = whole.startswith(b"-") and fraction.strip(b"0") != b""
    return integer(whole) - (1 if below else 0)


def xattrs(found: Records, most: int = 256) -> tuple[str, ...]:
    """
    Return extended attributes as ``name=hex``, sorted, at most ``most`` of them.

    ``SCHILY.xattr.`` (what engines apply) wins over libarchive's own form of the same name.

    >>> xattrs({b"SCHILY.xattr.user.a": b"1"})
    ('user.a=31',)
    """
    values: dict[str, bytes] = {}
    for key, value in found.items():
        if key.startswith(_LIBARCHIVE):
            name = decode_path(unquote_to_bytes(key.removeprefix(_LIBARCHIVE)))
            try:
                values[name] = b64decode(value)
            except (Base64Error, ValueError):
                values[name] = value
    for key, value in found.items():
        if key.startswith(_SCHILY):
            values[decode_path(key.removeprefix(_SCHILY))] = value
    return tuple(f"{name}={values[name].hex()}" for name in sorted(values)[:most])


def _is_sound(key: bytes, value: bytes) -> bool:
    return bool(key) and b"\0" not in (value if key in _TEXT_KEYS else key)


def _gather(pairs: list[bytes], key: bytes, value: bytes) -> None:
    """Collect an offset, then its length; anything out of turn is refused, as Go does."""
    wanted = b"GNU.sparse.numbytes" if len(pairs) % 2 else b"GNU.sparse.offset"
    if key != wanted or b"," in value:
        raise FormatError("the sparse map of a PAX header is out of order")
    pairs.append(value)
