"""
Order rpm versions as rpm does, and keep the rule for source packages without an epoch.

Law: ``sort_key(a) < sort_key(b)`` exactly when rpm's own ``rpmVersionCompare`` says so of
``[epoch:]version[-release]``; a missing epoch is 0, a missing release is before every release.
Runs of digits beat runs of letters, ``^`` sorts after the end and ``~`` before it; all else only
separates. Each part becomes one string. Bounds: ``_text.MAX_CHARS``. Source: rpm's
rpmio/rpmvercmp.c and https://rpm-software-management.github.io/rpm/man/rpm-version.7.
"""

import re

from pratique.formats.versions._text import EPOCH, epoch_version_release, number

NAME = "rpm"

_TOKENS = re.compile(r"[0-9]+|[A-Za-z]+|~|\^")
_TILDE, _END, _CARET, _LETTERS, _DIGITS = "\x01", "\x02", "\x03", "\x04", "\x05"


def sort_key(version: str) -> tuple[str, str, str]:
    """
    Return the key of a version.

    Raises:
        FormatError: empty, no version part, or not printable.

    >>> sort_key("1.0~rc1-1") < sort_key("1.0-1") < sort_key("1.0^git1-1") < sort_key("1:0.1-1")
    True
    """
    epoch, text, release = epoch_version_release(version, NAME)
    return epoch, _part(text), "" if release is None else _part(release)


def assume_epoch(version: str, reference: str) -> str:
    """
    Return ``version`` with the epoch of ``reference`` where it states none itself.

    SOURCERPM, from which a source package's version is known, never carries an epoch. Comparing
    ``5.26.3-419`` with an advisory's ``4:5.26.3-419`` would be a false hit.

    >>> assume_epoch("5.26.3-419", "4:5.26.3-420"), assume_epoch("1:2-3", "4:5-6")
    ('4:5.26.3-419', '1:2-3')
    """
    if has_epoch(version) or not (match := EPOCH.fullmatch(reference)):
        return version
    return f"{match[1]}:{version}"


def has_epoch(version: str) -> bool:
    """
    Return whether the version states its epoch.

    >>> has_epoch("0:1-1"), has_epoch("1-1")
    (True, False)
    """
    return EPOCH.fullmatch(version) is not None


def _part(text: str) -> str:
    return "".join([_token(token) for token in _TOKENS.findall(text)]) + _END


def _token(token: str) -> str:
    first = token[0]
    if first.isdigit():
        return _DIGITS + number(token)
    if first == "~":
        return _TILDE
    if first == "^":
        return _CARET
    return _LETTERS + token + "\x00"
