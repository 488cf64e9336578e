"""
Reduce a licence text to the words that make it that licence.

What SPDX's matching guidelines say not to compare is dropped: case, punctuation, white space,
comment marks, copyright lines, list marks and two spellings of one word. Bounds: linear in the
text, which its caller bounds.

Source: SPDX License List Matching Guidelines, https://spdx.dev/learn/license-list-matching-guidelines
(Guidelines 2-10).
"""

import re

# A line that names who holds the copyright; ``[yyyy]``, ``<year>`` and ``{}`` stand in templates.
_COPYRIGHT = re.compile(
    r"^[^\w\n(©]{0,20}(?:copyright|\(c\)|©)[^\n]{0,40}?(?:\d{4}|[<\[{©]|\(c\))[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[a-z0-9]{2,}")
_ALIKE = (
    ("licence", "license"),
    ("sub-license", "sublicense"),
    ("non-infringement", "noninfringement"),
    ("merchantibility", "merchantability"),
    ("https://", " "),
    ("http://", " "),
    ("all rights reserved", " "),
)


def words(text: str) -> list[str]:
    """
    Return the words of a text that count, in order; single characters never do.

    >>> words("/* Copyright (c) 2020 A. Person\\n * 1. This Licence, (a) grants... */")
    ['this', 'license', 'grants']
    """
    return counted(plain(text))


def plain(text: str) -> str:
    """
    Return the text in lower case without copyright lines, each line where it was.

    >>> plain("(c) 2020 Me\\nUse this LICENCE")
    '\\nuse this license'
    """
    kept = _COPYRIGHT.sub("", text).lower()
    for written, meant in _ALIKE:
        kept = kept.replace(written, meant)
    return kept


def counted(kept: str) -> list[str]:
    """
    Return the words of ``plain`` text, those whose places ``spans`` gives.

    >>> counted("a use of it")
    ['use', 'of', 'it']
    """
    return _WORD.findall(kept)


def spans(kept: str) -> list[tuple[int, int]]:
    """
    Return where each word of ``plain`` text starts and ends.

    >>> spans("use it")
    [(0, 3), (4, 6)]
    """
    return [found.span() for found in _WORD.finditer(kept)]
