"""
Fold the many spellings of a licence's name into one.

Law: two names that fold alike mean the same licence to whoever wrote them; what makes a difference
(version, number of clauses, "or later", "only") stays.
"""

import re

_LATER = re.compile(
    r"\(?\bor[ -](?:\(?at your option\)? )?(?:any )?(?:later|newer|above|higher|greater)(?: version)?s?\)?"
)
_NOT_WORD = re.compile(r"[^a-z0-9.+]+")
_VERSION = re.compile(r"\b(?:version|ver|v)[. ]*(?=\d)|(?<=[a-z])v(?=\d)")
_EMPTY = frozenset(
    (
        "the",
        "license",
        "licenses",
        "licenced",
        "licensed",
        "gnu",
        "software",
        "public",
        "version",
        "https",
        "http",
        "files",
    )
)
_CLAUSES = {"two": "2", "three": "3", "four": "4", "zero": "0", "one": "1"}
_ZERO = re.compile(r"^(\d+)(?:\.0)+$")


def fold(name: str) -> str:
    """
    Return the spelling that all ways to write a name share; empty where nothing is left.

    >>> fold("The GNU General Public Licence, version 2 (or later)"), fold("GPL v2.0+")
    ('general 2 +', 'gpl 2 +')
    >>> fold("BSD 3-Clause License"), fold("Apache License, Version 2.0"), fold("Apache-2.0")
    ('bsd 3 clause', 'apache 2', 'apache 2')
    """
    text = name.lower().replace("licence", "license").replace("-or-", " or ")
    if "or" in text:
        text = _LATER.sub(" + ", text)
    text = _NOT_WORD.sub(" ", text.replace(">=", " + ").replace("+", " + "))
    if "v" in text:
        text = _VERSION.sub(" ", text)
    words = [_CLAUSES.get(word, word).strip(".") for word in text.split()]
    kept = [
        _ZERO.sub(r"\1", word) if ".0" in word else word
        for word in words
        if word and word not in _EMPTY
    ]
    if "+" in kept:
        kept = [word for word in kept if word != "+"] + ["+"]
    return " ".join(kept)
