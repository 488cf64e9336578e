"""
Order Packagist versions.

Law: PHP's ``version_compare``, which OSV uses for Packagist: any unknown word < dev < alpha < beta
< RC < end < number < pl; ``-``, ``_`` and ``+`` separate like dots, and so does the change from
digits to letters. A leading ``v`` is ignored. ``dev-branch`` names a branch, not a version: it
sorts lowest, and ``validate`` refuses it. Source:
https://www.php.net/manual/function.version-compare.php.
"""

import re

from pratique.formats.versions._text import checked, refusal

NAME = "composer"

_TOKENS = re.compile(r"[0-9]+|[^0-9._+-]+")
_WORDS = (("dev", 1), ("alpha", 2), ("a", 2), ("beta", 3), ("b", 3), ("RC", 4), ("rc", 4))
_PATCH = (("pl", 6), ("p", 6))
_END = (5, -1)


def sort_key(version: str) -> tuple[tuple[int, int], ...]:
    """
    Return the key of a version.

    Raises:
        FormatError: empty or not printable.

    >>> sort_key("1.0-dev") < sort_key("1.0RC1") < sort_key("v1.0") < sort_key("1.0.0")
    True
    """
    text = checked(version, NAME)
    if text[0] in "vV" and text[1:2].isdigit():
        text = text[1:]
    return (*map(_token, _TOKENS.findall(text)), _END)


def validate(version: str) -> None:
    """
    Accept versions only, not names of branches.

    Raises:
        FormatError: it does not begin with a number.
    """
    if not re.match(r"[vV]?[0-9]", checked(version, NAME)):
        raise refusal(version, NAME)


def _token(token: str) -> tuple[int, int]:
    if "0" <= token[0] <= "9":
        return 5, int(token)
    for word, rank in (*_WORDS, *_PATCH):
        if token.startswith(word):
            return rank, 0
    return (5, -1) if token.startswith("#") else (0, 0)
