"""
Order semantic versions: npm, crates.io, Hex, Swift and others that use the standard as it is.

Law: the precedence of SemVer 2.0 rule 11: numbers by value, a pre-release before its release,
identifiers numeric before alphanumeric, build metadata ignored. A leading ``v``, and fewer or more
than three numbers, are tolerated (missing ones are 0). Plain precedence, not npm's range rules,
which hide pre-releases. Bounds: ``_text.MAX_CHARS``. Source: https://semver.org/#spec-item-11.
"""

import re

from pratique.formats.versions._text import checked, refusal

NAME = "semver"

Numbers = tuple[int, ...]
Identifiers = tuple[tuple[int, int, str], ...]
_GRAMMAR = re.compile(
    r"[vV]?([0-9]+(?:\.[0-9]+)*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?", re.ASCII
)


def sort_key(version: str) -> tuple[Numbers, int, Identifiers]:
    """
    Return the key of a version.

    Raises:
        FormatError: not a semantic version.

    >>> sort_key("1.0.0-rc.9") < sort_key("1.0.0-rc.10") < sort_key("v1.0") == sort_key("1.0.0+x")
    True
    """
    numbers, pre, _ = split(version, NAME)
    return numbers, int(not pre), identifiers(pre)


def split(version: str, ecosystem: str) -> tuple[Numbers, str, str]:
    """
    Return the numbers without trailing zeros, the pre-release and the build part as text.

    Raises:
        FormatError: not a semantic version.

    >>> split("v1.2.0-rc.1+b5", "npm")
    ((1, 2), 'rc.1', 'b5')
    """
    match = _GRAMMAR.fullmatch(checked(version, ecosystem))
    if match is None:
        raise refusal(version, ecosystem)
    return trimmed(tuple(map(int, match[1].split(".")))), match[2] or "", match[3] or ""


def trimmed(numbers: Numbers) -> Numbers:
    """
    Return the numbers without zeros at the end, so that 1, 1.0 and 1.0.0 are one.

    >>> trimmed((1, 0, 2, 0, 0))
    (1, 0, 2)
    """
    end = len(numbers)
    while end and numbers[end - 1] == 0:
        end -= 1
    return numbers[:end]


def identifiers(text: str) -> Identifiers:
    """
    Return dot-separated identifiers as keys, numeric ones first.

    >>> identifiers("rc.1")
    ((1, 0, 'rc'), (0, 1, ''))
    """
    parts = text.split(".") if text else ()
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
