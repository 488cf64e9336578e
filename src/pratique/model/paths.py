"""
Carry file names of an image, which are bytes, as text without losing or merging any.

Law: ``encode_path(decode_path(b)) == b`` for all bytes, so two different names never become one.
Bytes that are not UTF-8 (and the few characters that stand for them) become private-use characters
U+F700 + byte; plain names stay as they are. The result is always valid Unicode, so it can be
stored and printed as JSON.
"""

_STAND_IN = 0xF700


def decode_path(name: bytes) -> str:
    """
    Return a file name's bytes as text, reversibly.

    >>> decode_path(b"etc/os-release"), decode_path(b"caf\\xe9")
    ('etc/os-release', 'caf\\uf7e9')
    """
    try:
        text = name.decode()
    except UnicodeDecodeError:
        text = name.decode(errors="surrogateescape")
    if text.isascii() or not any(_is_special(char) for char in text):
        return text
    return "".join(_stand_in(char) if _is_special(char) else char for char in text)


def encode_path(text: str) -> bytes:
    """Return the bytes that ``decode_path`` was given."""
    return b"".join(
        bytes([ord(char) - _STAND_IN]) if _is_stand_in(char) else char.encode() for char in text
    )


def _is_stand_in(char: str) -> bool:
    return _STAND_IN <= ord(char) <= _STAND_IN + 0xFF


def _is_special(char: str) -> bool:
    return _is_stand_in(char) or 0xDC80 <= ord(char) <= 0xDCFF


def _stand_in(char: str) -> str:
    if _is_stand_in(char):
        return "".join(chr(_STAND_IN + byte) for byte in char.encode())
    return chr(_STAND_IN + ord(char) - 0xDC00)
