"""
Order Arch Linux versions as pacman's vercmp does.

Law: ``sort_key(a) < sort_key(b)`` exactly when ``vercmp a b`` prints -1, with two departures that
make it a total order: separators at the very end are ignored, and a missing pkgrel is before every
pkgrel (vercmp then compares the rest only). ``1.0a < 1.0rc < 1.0 < 1.0.a < 1.0.1``. Bounds:
``_text.MAX_CHARS``. Source: https://man.archlinux.org/man/vercmp.8, pacman lib/libalpm/version.c.
"""

import re

from pratique.formats.versions._text import epoch_version_release, number

NAME = "alpm"

_TOKENS = re.compile(r"([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+)")
_END = "\x02"


def sort_key(version: str) -> tuple[str, str, str]:
    """
    Return the key of a version.

    Raises:
        FormatError: empty, no version part, or not printable.

    >>> sort_key("1.0rc-1") < sort_key("1.0-1") < sort_key("1.0.a-1") < sort_key("1:0.9-1")
    True
    """
    epoch, text, release = epoch_version_release(version, NAME)
    return epoch, _part(text), "" if release is None else _part(release)


def _part(text: str) -> str:
    return "".join([_token(gap, token) for gap, token in _TOKENS.findall(text)]) + _END


def _token(gap: str, token: str) -> str:
    if token[0].isdigit():
        return _rank(gap, "\x03") + number(token)
    return _rank(gap, "\x01") + token + "\x00"


def _rank(gap: str, kind: str) -> str:
    return "\x04" + chr(len(gap) + 1) + kind if gap else kind
