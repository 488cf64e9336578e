"""
Read one 512-byte tar header block: v7, ustar, star, GNU.

Law: no block makes this raise anything but ``FormatError``; what Go's reader refuses is refused.
Sources: POSIX.1-2017 pax "ustar Interchange Format"; GNU tar manual, "Basic Tar Format";
Go ``archive/tar`` (reader.go, strconv.go) for base-256 numbers, lenient padding, and the skeptical
reading of the GNU access time as a prefix that old Go writers left there.
"""

from zlib import adler32

from pratique.model.errors import FormatError

BLOCK = 512
ZEROS = bytes(BLOCK)

_MOST = (1 << 63) - 1


def checksum_holds(block: bytes) -> bool:
    """
    Whether the stored checksum is that of the block, summed unsigned or (old writers) signed.

    Adler-32's low half is 1 + the sum of bytes modulo 65,521; 256 bytes sum to at most 65,280,
    so two halves give the exact sum at a fraction of the cost of ``sum``.
    """
    field = block[148:156]
    total = (adler32(block[:256]) & 0xFFFF) + (adler32(block[256:]) & 0xFFFF) + 254 - sum(field)
    try:
        # The form nearly all writers use spares `octal` its care.
        usual = field[6:] == b"\0 " and field[:6].isdigit()
        stored = int(field[:6], 8) if usual else octal(field)
    except (FormatError, ValueError):
        return False
    return stored == total or stored == total - 256 * _high_bytes(block)


def octal(field: bytes) -> int:
    """
    Return an octal number padded with spaces or NULs; an empty field is 0.

    Raises:
        FormatError: it holds anything else, or more than 64 bits.

    >>> octal(b"0000644\\0"), octal(b" 17 \\0"), octal(b"\\0" * 8)
    (420, 15, 0)
    """
    digits = field.strip(b" \0").partition(b"\0")[0]
    if not digits:
        return 0
    # isdigit first: int() would also take signs, underscores and inner blanks.
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        raise FormatError(f"not an octal number in a tar header: {field[:24]!r}")
    value = int(digits, 8)
    if value >> 64:
        raise FormatError("a number of a tar header is over 64 bits")
    return value


def number(field: bytes) -> int:
    """
    Return a numeric field: octal, or base-256 (two's complement) when its top bit is set.

    Raises:
        FormatError: malformed, or over 63 bits.

    >>> number(b"\\x80\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0"), number(b"\\xff" * 12)
    (256, -1)
    """
    if not field or not field[0] & 0x80:
        return octal(field)
    value = int.from_bytes(field, "big") & ~(0x80 << 8 * (len(field) - 1))
    if field[0] & 0x40:
        value -= 0x80 << 8 * (len(field) - 1)
    if not -_MOST - 1 <= value <= _MOST:
        raise FormatError("a base-256 number of a tar header is over 64 bits")
    return value


def string(field: bytes) -> bytes:
    """Return a text field up to its first NUL."""
    return field.partition(b"\0")[0]


def is_gnu(block: bytes) -> bool:
    """Whether the block is of the old GNU format, in which fields behind byte 345 differ."""
    return block[257:265] == b"ustar  \0"


def prefix(block: bytes) -> bytes:
    """Return what stands before the name, without the slash; empty where there is nothing."""
    if block[257:263] == b"ustar\0":
        is_star = block[508:512] == b"tar\0"
        return string(block[345:476] if is_star else block[345:500])
    if not is_gnu(block):
        return b""
    try:
        for times in (block[345:357], block[357:369]):
            if times[0]:
                number(times)
    except FormatError:
        fallback = string(block[345:500])
        return fallback if fallback.isascii() else b""
    return b""


def _high_bytes(block: bytes) -> int:
    """Count the bytes above 127 outside the checksum field."""
    return sum(byte > 127 for byte in block[:148] + block[156:])
