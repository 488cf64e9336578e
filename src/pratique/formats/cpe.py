"""
Write and read CPE 2.3 names.

Source: NISTIR 7695 (formatted string binding): eleven parts after ``cpe:2.3``, separated by colons;
a backslash before every character that is neither a letter, a digit nor an underscore (hyphen and
full stop may stand as they are); ``*`` is any, ``-`` is none.
"""

import re

from msgspec import Struct

from pratique.model.errors import FormatError

_PLAIN = re.compile(r"[A-Za-z0-9_.-]")
_SPLIT = re.compile(r"(?:[^:\\]|\\.)*")
_MAX_CHARS = 1000
_PARTS = 13


class Cpe(Struct, frozen=True):
    """
    The parts of a name that matter here; ``product`` is ``vendor:product``, unescaped.

    ``version`` is ``*`` for any and ``-`` for none; ``update`` likewise. ``part`` is ``a``
    (application), ``o`` (operating system) or ``h``. ``rest`` are edition, language, software
    edition, target software, target hardware and other.
    """

    part: str
    product: str
    version: str
    update: str
    rest: tuple[str, ...] = ()


def cpe_name(product: str, version: str) -> str:
    """
    Return the name of an application's version.

    >>> cpe_name("erlang:erlang/otp", "25.3+1")
    'cpe:2.3:a:erlang:erlang\\\\/otp:25.3\\\\+1:*:*:*:*:*:*:*'
    """
    vendor, _, name = product.partition(":")
    return f"cpe:2.3:a:{_escaped(vendor)}:{_escaped(name)}:{_escaped(version)}" + ":*" * 7


def parse_cpe(text: str) -> Cpe:
    """
    Return the parts of a name.

    Raises:
        FormatError: not a formatted string of version 2.3.

    >>> parse_cpe("cpe:2.3:a:openssl:openssl:1.0.1:beta1:*:*:*:*:*:*").update
    'beta1'
    """
    parts = _parts(text)
    if len(parts) != _PARTS or parts[:2] != ["cpe", "2.3"] or parts[2] not in ("a", "o", "h"):
        raise FormatError(f"not a CPE 2.3 name: {text[:80]!r}")
    product = f"{_plain(parts[3])}:{_plain(parts[4])}"
    return Cpe(parts[2], product, _plain(parts[5]), _plain(parts[6]), tuple(parts[7:]))


def _parts(text: str) -> list[str]:
    if len(text) > _MAX_CHARS:
        raise FormatError(f"a CPE name of {len(text)} characters")
    parts, place = [], 0
    while place <= len(text):
        found = _SPLIT.match(text, place)
        part = found[0] if found else ""
        parts.append(part)
        place += len(part) + 1
    return parts


def _escaped(text: str) -> str:
    return "".join(char if _PLAIN.match(char) else f"\\{char}" for char in text.lower())


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
